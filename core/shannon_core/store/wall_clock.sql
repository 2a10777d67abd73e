-- The time of day that the clocks of a zone show at an instant: a UTC TIMESTAMP and an IANA name to a TIMESTAMP without
-- a zone. Clocks end with the years 1 and 9999, so that an instant of their first or last hours stays within them in
-- any zone (events.md §2). Reads no relation.
CREATE OR REPLACE TEMP MACRO wall_clock(t, zone) AS greatest(
    TIMESTAMP '0001-01-01', least(TIMESTAMP '9999-12-31 23:59:59.999999', timezone(zone, timezone('UTC', t)))
);
