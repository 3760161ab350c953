-- Nobody searches the country by name but the Responsible Authority, child protection units and the border (domain specification, section 5).
-- For an adult, hit or no hit is the label itself: a regional social service compares within its county, the Authority everywhere.
set role mb_search;
drop function adult_units(text, text[], date, date);
set role mb_owner;
