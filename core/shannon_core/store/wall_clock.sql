-- The years 1 to 9999 are all that clocks show: an instant of their first or last hours stays within them in any zone.
CREATE OR REPLACE TEMP MACRO wall_clock(t, zone) AS greatest(
    TIMESTAMP '0001-01-01', least(TIMESTAMP '9999-12-31 23:59:59.999999', timezone(zone, timezone('UTC', t)))
);
