"""The corpus, fourth part: layouts written after the third had taught the program, to see what it does with others."""

from __future__ import annotations

from tests.intake.layouts import Layout, layout

UNSEEN: tuple[Layout, ...] = (
    layout("Black Creek jail", "Inmate History Listing.xlsx", "jail", """
        Bkg Nbr = contact_key : number
        Jail ID Nbr = - : person
        Last Nme = last_name : last
        First Nme = first_name : first
        Middle Nme = middle_name : middle
        Dob = birth_date : dob mdy
        Sx = - : sex
        Date Bkd = starts : date mdy
        Time Bkd = starts_time : clock
        Date Rlsd = ends : later
        Time Rlsd = ends_time : clock
        Rlse Rsn = release_type : bond out
        Arrstng Agcy = agency : agency
        Chrg Desc = charge_description : charge"""),
    layout("state jail feed", "jail_feed_2024.csv", "jail", """
        PersonSurName = last_name : last
        PersonGivenName = first_name : first
        PersonMiddleName = middle_name : middle
        PersonBirthDate = birth_date : dob iso
        PersonSexCode = sex : sex
        PersonRaceCode = race : race
        BookingNumberText = contact_key : key
        BookingDateTime = starts : moment iso
        ReleaseDateTime = ends : later iso
        BookingAgencyName = agency : agency
        ChargeDescriptionText = charge_description : charge
        ChargeSeverityText = severity : level word"""),
    layout("county roster by hand", "Copy of JAIL ROSTER final v2.xlsx", "jail", """
        Name (Last, First) = full_name : last, first
        Birthdate (mm/dd/yyyy) = birth_date : dob mdy
        M/F = sex : sex
        Date booked into jail = starts : date mdy
        Date released from jail = ends : later
        What for = - : charge
        Homeless? (Y/N) = homeless : y/n
        MH issues (Y/N) = mental_health : y/n"""),
    layout("Motorola PremierOne CAD", "P1_CFS_Extract.csv", "dispatch", """
        CfsNumber = contact_key : number
        CreatedOn = starts : moment iso
        InitialCallType = - : call code
        FinalCallType = nature : call type
        LocationAddress = location : address
        LocationCity = - : city
        DispositionCodes = disposition : cleared
        ClosedOn = ends : later iso
        CallerFirstName = - : first
        CallerLastName = - : last"""),
    layout("ambulance district log", "AMB RUNS 2025.xls", "ems", """
        Run # = contact_key : number
        Date of Run = starts : date mdy
        Time Out = - : clock
        Pt Name = full_name : last, first
        Pt DOB = birth_date : dob mdy
        Pick Up Location = location : address
        Taken To = facility : hospital
        Complaint = nature : complaint
        Signal 7? = - : y/n"""),
    layout("critical access hospital ED", "ED Register 2025-01 to 2025-12.csv", "hospital", """
        Med Rec # = record_key : person
        Visit # = contact_key : number
        Pt Last Name = last_name : last
        Pt First Name = first_name : first
        Birth Date = birth_date : dob mdy
        Gender = sex : sex word
        Date/Time In = starts : moment mdy
        Date/Time Out = ends : later moment
        Presenting Complaint = nature : complaint
        Dispo = disposition : cleared
        ED Physician = - : last, first"""),
    layout("Bell Data shelter", "Shelter Bednights Export.csv", "shelter", """
        Client ID = record_key : person
        Client Full Name = full_name : last, first
        Client DOB = birth_date : dob iso
        Shelter Name = facility : project
        Bed Check-In = starts : moment iso
        Bed Check-Out = ends : later iso
        Bed Label = - : one two"""),
    layout("municipal court dockets", "MuniCourt citations.csv", "court", """
        Citation No = contact_key : key
        Defendant Last = last_name : last
        Defendant First = first_name : first
        Defendant DOB = birth_date : dob mdy
        Violation Desc = charge_description : charge
        Ordinance No = charge_code : statute
        Date Filed = starts : date mdy
        Date of Disposition = ends : later
        Finding = disposition : cleared
        Fine = - : money"""),
)  # fmt: skip
