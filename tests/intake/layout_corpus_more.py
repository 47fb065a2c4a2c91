"""More layouts, in the words of small offices and of systems not named in the reference."""

from __future__ import annotations

from tests.intake.layouts import Layout, layout

MORE: tuple[Layout, ...] = (
    layout("offender roster","County Jail Roster Export.csv","jail","""
        Booking Ref No. = contact_key : key
        Offender Last Name = last_name : last
        Offender First Name = first_name : first
        Offender DOB = birth_date : dob mdy
        Offender Sex = sex : sex
        Offender Race = race : race
        Date/Time Booked In = starts : moment mdy
        Date/Time Released = ends : later moment
        Reason Released = release_type : bond out
        Charge(s) = charge_description : charge
        Hold For = kind_code : agency
        Res. Address = address : address"""),
    layout("glued lower case","bookings_q3.xlsx","jail","""
        bookingid = contact_key : number
        personid = record_key : person
        lastname = last_name : last
        firstname = first_name : first
        dateofbirth = birth_date : dob iso
        admitdate = starts : moment iso
        dischargedate = ends : later moment
        mentalhealthflag = mental_health : y/n
        veteranstatus = veteran : y/n
        zipcode = zip : zip"""),
    layout("calls for service","cfs_2024.csv","dispatch","""
        CFS# = contact_key : key
        Date/Time Received = starts : moment mdy
        Nature of Call = nature : call type
        Call Location = location : address
        Dispo = disposition : cleared
        Time Cleared = ends : later moment
        Beat = - : small"""),
    layout("patient care reports","EMS_PCR_Export.xlsx","ems","""
        PCR ID = contact_key : number
        Unit Notified By Dispatch Date/Time = starts : moment mdy
        Last Name = last_name : last
        First Name = first_name : first
        Date Of Birth = birth_date : dob mdy
        Gender = sex : sex word
        SSN = ssn : ssn
        Provider Primary Impression = nature : complaint
        Transport Disposition = disposition : cleared
        Destination Name = facility : hospital"""),
    layout("ED list","ED_high_utilizers.xlsx","hospital","""
        Patient MRN = record_key : person
        Encounter # = contact_key : number
        Last Name = last_name : last
        First Name = first_name : first
        Birth Date = birth_date : dob mdy
        Arrival Date = starts : date mdy
        Arrival Time = starts_time : clock
        Departure Date = ends : later
        Departure Time = ends_time : clock
        Primary Diagnosis = nature : dx
        Insurance = - : hospital
        PCP Name = - : officer"""),
    layout("snake_case shelter","shelter_stays.csv","shelter","""
        client_id = record_key : person
        client_last_name = last_name : last
        client_first_name = first_name : first
        client_dob = birth_date : dob iso
        program_name = facility : project
        program_entry_date = starts : date iso
        program_exit_date = ends : later iso
        exit_destination = disposition : living
        race = race : race word
        ethnicity = ethnicity : hispanic"""),
    layout("bare ID","data.csv","jail","""
        ID = record_key : person
        Name = full_name : last, first
        Birthdate = birth_date : dob mdy
        Booking Date = starts : date mdy
        Release Date = ends : later"""),
    layout("NAME_LAST","JAIL.CSV","jail","""
        NAME_LAST = last_name : last
        NAME_FIRST = first_name : first
        NAME_MIDDLE = middle_name : middle
        NAME_SUFFIX = suffix : suffix
        DATE_OF_BIRTH = birth_date : dob 8
        BOOK_DATE = starts : date 8
        BOOK_NUM = contact_key : number
        RELEASE_DATE = ends : date 8
        ARREST_AGENCY = agency : agency
        OFFENSE = charge_description : charge
        OFFENSE_LEVEL = severity : level
        HOUSING_UNIT = - : small
        BAIL_AMT = - : money
        COURT_DATE = - : later
        PHOTO = never_wanted : hash"""),
    layout("incidents with subjects","CAD_incidents.csv","dispatch","""
        IncidentNumber = contact_key : key
        CallDateTime = starts : moment iso
        CallTypeDescription = nature : call type
        IncidentLocation = location : address
        PrimaryUnit = - : small
        ClearedDateTime = ends : later moment
        SubjectLastName = last_name : last
        SubjectFirstName = first_name : first
        SubjectDOB = birth_date : dob iso"""),
    layout("contact log","Co-Responder Contacts FY24.xlsx","co_responder","""
        Date of Contact = starts : date mdy
        Time of Contact = starts_time : clock
        Case # = contact_key : key
        Individual's Name = full_name : first last
        DOB = birth_date : dob mdy
        Approx. Age = age : age
        Race/Ethnicity = race : race word
        Mental Health Hx = mental_health : y/n
        Substance Use = substance_use : y/n
        Housing Status = living_situation : living
        Referral Made To = - : project
        Outcome = disposition : cleared"""),
    layout("consumer episodes","mh_episodes.csv","treatment","""
        ConsumerID = record_key : person
        EpisodeNumber = contact_key : number
        ConsumerName = full_name : last, first
        BirthDt = birth_date : dob mdy
        AdmitDt = starts : date mdy
        DischDt = ends : later
        LevelOfCare = kind_code : level
        LastUpdated = - : moment mdy"""),
    layout("district court","DistrictCourt2024.csv","court","""
        CASE_NBR = contact_key : key
        DEFT_LAST_NM = last_name : last
        DEFT_FIRST_NM = first_name : first
        DEFT_BIRTH_DT = birth_date : dob mdy
        CASE_FILED_DT = starts : date mdy
        CASE_TYPE_CD = kind_code : level
        CHRG_DESC = charge_description : charge
        DISP_CD = disposition : cleared
        DISP_DT = ends : later
        ATTY_NM = - : last, first"""),
    layout("police arrests","Police Arrests 2023-2025.xlsx","arrest","""
        Arrest # = contact_key : key
        Arrestee Last Name = last_name : last
        Arrestee First Name = first_name : first
        Arrestee DOB = birth_date : dob mdy
        Arrest Date/Time = starts : moment mdy
        Arrest Charge = charge_description : charge
        Arrest Statute = charge_code : statute
        Arresting Officer = - : officer
        Address of Arrest = location : address
        Arrestee Address = address : address"""),
    layout("book-in report","export (3).csv","jail","""
        Inmate Name (Last, First MI) = full_name : last, first
        Inmate DOB = birth_date : dob mdy
        SO# = record_key : person
        Book-In Date/Time = starts : moment mdy
        Book-Out Date/Time = ends : later moment
        Offense Desc. = charge_description : charge
        Degree = severity : level
        Booking Agency = agency : agency
        Total Bond = - : money"""),
    layout("bare jail 1", "oct.csv", "jail", """
        booking_number = contact_key : key
        first_name = first_name : first
        last_name = last_name : last
        dob = birth_date : dob mdy
        sex = sex : sex
        race = race : race
        booking_datetime = starts : moment ampm
        release_datetime = ends : moment ampm
        charge = charge_description : charge"""),
    layout("bare dispatch 2", "oct.csv", "dispatch", """
        call_id = contact_key : number
        call_time = starts : moment ampm
        call_type = nature : call type
        address = location : address
        name = full_name : last, first
        dob = birth_date : dob mdy"""),
    layout("bare ems 3", "oct.csv", "ems", """
        run_number = contact_key : number
        run_date = starts : date iso
        patient_first_name = first_name : first
        patient_last_name = last_name : last
        patient_dob = birth_date : dob iso
        impression = nature : complaint"""),
    layout("bare hospital 4", "oct.csv", "hospital", """
        visit_id = contact_key : number
        mrn = record_key : person
        first_name = first_name : first
        last_name = last_name : last
        dob = birth_date : dob iso
        arrival = starts : moment iso
        departure = ends : later moment
        diagnosis = nature : dx"""),
    layout("bare shelter 5", "oct.csv", "shelter", """
        client_id = record_key : person
        first_name = first_name : first
        last_name = last_name : last
        dob = birth_date : dob iso
        entry_date = starts : date iso
        exit_date = ends : later iso
        shelter = facility : project"""),
    layout("bare arrest 6", "oct.csv", "arrest", """
        arrest_id = contact_key : number
        arrest_date = starts : date mdy
        first = first_name : first
        last = last_name : last
        birth_date = birth_date : dob mdy
        charge = charge_description : charge
        agency = agency : agency"""),
    layout("bare court 7", "oct.csv", "court", """
        case_number = contact_key : key
        defendant = full_name : last, first
        dob = birth_date : dob mdy
        file_date = starts : date mdy
        disposition = disposition : cleared"""),
    layout("bare probation 8", "oct.csv", "probation", """
        client_id = record_key : person
        name = full_name : last, first
        dob = birth_date : dob mdy
        probation_start = starts : date mdy
        probation_end = ends : later"""),
    layout("bare jail 9", "oct.csv", "jail", """
        Full Name = full_name : first last
        Birth Date = birth_date : dob mdy
        Date Booked = starts : moment ampm
        Date Released = ends : later
        Inmate ID = record_key : person
        Booking ID = contact_key : number"""),
    layout("bare co_responder 10", "oct.csv", "co_responder", """
        contact_id = contact_key : number
        contact_date = starts : date mdy
        client_name = full_name : first last
        client_dob = birth_date : dob mdy
        clinician = - : officer
        crisis_type = nature : complaint
        outcome = disposition : cleared"""),
    layout("bare treatment 11", "oct.csv", "treatment", """
        client_id = record_key : person
        client_name = full_name : last, first
        dob = birth_date : dob mdy
        admission_date = starts : date mdy
        discharge_date = ends : later
        level_of_care = kind_code : level"""),
)  # fmt: skip
