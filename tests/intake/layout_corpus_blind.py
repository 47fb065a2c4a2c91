"""The corpus, fifth part: ten more makers' layouts, written before the program was tried on any of them."""

from __future__ import annotations

from tests.intake.layouts import Layout, layout

BLIND: tuple[Layout, ...] = (
    layout("SCAAP inmate file", "SCAAP_FY25_inmates.csv", "jail", """
        LastName = last_name : last
        FirstName = first_name : first
        MiddleName = middle_name : middle
        DOB = birth_date : dob mdy
        UniqueInmateID = record_key : person
        FBINumber = never_wanted : fbi
        CountryOfBirth = - : state
        DateIncarcerated = starts : date mdy
        DateReleased = ends : later"""),
    layout("VINE interface", "VINE_OFFENDER.txt", "jail", """
        AgencyID = agency : agency
        OffenderSID = never_wanted : person
        BookingNum = contact_key : number
        OffLastName = last_name : last
        OffFirstName = first_name : first
        OffMiddleName = middle_name : middle
        OffSuffix = suffix : suffix
        OffDOB = birth_date : dob 8
        OffGender = sex : sex
        OffRace = race : race
        CustodyDate = starts : date 8
        CustodyTime = starts_time : clock 4
        ReleaseDate = ends : later iso
        ReleaseReasonDesc = release_type : bond out
        HoldingFacility = facility : facility"""),
    layout("Southern Software Jail Pak", "JailPak Inmate Listing.xlsx", "jail", """
        Booking # = contact_key : number
        Inmate = full_name : last, first
        D.O.B. = birth_date : dob mdy
        R = race : race
        S = sex : sex
        Commit Dt = starts : date mdy
        Commit Tm = starts_time : clock
        Rel Dt = ends : later
        Rel How = release_type : bond out
        Arr Agency = agency : agency
        Charge(s) = charge_description : charge
        Total Bond = - : money"""),
    layout("Hexagon I/CAD events", "AEVEN.csv", "dispatch", """
        NUM_1 = contact_key : number
        TYCOD = - : call code
        TYP_ENG = nature : call type
        AD_TS = starts : moment iso
        XDTS = ends : later iso
        ELOCATION = location : block
        EMUN = - : city
        DGROUP = - : call code
        PRIORITY = - : small
        DISPO = disposition : cleared"""),
    layout("Caliber CAD names", "CAD_Names.csv", "dispatch", """
        Event No = contact_key : number
        Event Rcvd Date = starts : date mdy
        Event Rcvd Time = starts_time : clock
        Event Type = nature : call type
        Event Addr = location : block
        Name Role = role : role
        Name Last = last_name : last
        Name First = first_name : first
        Name DOB = birth_date : dob mdy
        Name Sex = sex : sex
        Name Race = race : race"""),
    layout("Traumasoft runs", "Traumasoft Run Export.csv", "ems", """
        Run Number = contact_key : number
        Date of Service = starts : date mdy
        Pt. Last = last_name : last
        Pt. First = first_name : first
        Pt. DOB = birth_date : dob mdy
        Pt. Sex = sex : sex
        Pickup Address = location : address
        Dropoff Facility = facility : hospital
        Level of Service = kind_code : level
        Primary Impression = nature : complaint
        Outcome = disposition : cleared"""),
    layout("Evident Thrive ER", "ER VISITS 2025.TXT", "hospital", """
        ACCT # = contact_key : number
        MED REC # = record_key : person
        PATIENT NAME = full_name : last, first
        SEX = sex : sex
        BIRTH DT = birth_date : dob mdy
        ARRIVAL DT = starts : date mdy
        ARRIVAL TM = starts_time : clock 4
        DISCH DT = ends : later
        PT TYPE = kind_code : call code
        ADM DX = - : dx
        CHIEF COMPL = nature : complaint
        DISCH DISP = disposition : cleared"""),
    layout("Eccovia ClientTrack", "ClientTrack Enrollments.xlsx", "shelter", """
        Client ID = record_key : person
        Last Name = last_name : last
        First Name = first_name : first
        Birth Date = birth_date : dob mdy
        Veteran? = veteran : y/n
        Enrollment ID = contact_key : number
        Project = facility : project
        Project Start = starts : date mdy
        Project Exit = ends : later
        Prior Living Situation = living_situation : living
        Case Manager = - : first last"""),
    layout("CareLogic episodes", "CareLogic Program Admissions.csv", "treatment", """
        Client Number = record_key : person
        Client Name = full_name : last, first
        Client DOB = birth_date : dob mdy
        Episode # = contact_key : number
        Program = facility : project
        Admit Date = starts : date mdy
        Disch. Date = ends : later
        Disch. Reason = disposition : bond out
        Primary Dx = nature : dx"""),
    layout("Caseload Explorer", "CE Active Clients.xlsx", "probation", """
        Case # = contact_key : key
        PID = record_key : person
        Client = full_name : last, first
        DOB = birth_date : dob mdy
        Gender = sex : sex word
        Supv Begin = starts : date mdy
        Supv End = ends : later
        Term Type = disposition : bond out
        Risk Lvl = - : level word
        PO = - : officer"""),
)  # fmt: skip
