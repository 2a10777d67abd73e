-- A member of a JSON object as a typed value: null where it is missing, null, or of another JSON type. Numeric strings are no numbers.
-- mismatched() tells a wrong type from an absence, so that it can be counted.
CREATE OR REPLACE TEMP MACRO is_absent(x) AS coalesce(CAST(x AS VARCHAR), 'null') = 'null';
CREATE OR REPLACE TEMP MACRO is_object(x) AS left(CAST(x AS VARCHAR), 1) = '{';
CREATE OR REPLACE TEMP MACRO text_of(x) AS CASE WHEN left(CAST(x AS VARCHAR), 1) = '"' THEN x ->> '$' END;
CREATE OR REPLACE TEMP MACRO number_of(x) AS CASE WHEN left(CAST(x AS VARCHAR), 1) IN ('-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9') THEN TRY_CAST(x AS DOUBLE) END;
CREATE OR REPLACE TEMP MACRO integer_of(x) AS CASE WHEN regexp_full_match(CAST(x AS VARCHAR), '-?[0-9]+(\.0+)?') THEN TRY_CAST(split_part(CAST(x AS VARCHAR), '.', 1) AS BIGINT) END;
CREATE OR REPLACE TEMP MACRO boolean_of(x) AS CASE CAST(x AS VARCHAR) WHEN 'true' THEN true WHEN 'false' THEN false END;
CREATE OR REPLACE TEMP MACRO mismatched(x, typed) AS NOT is_absent(x) AND typed IS NULL;

-- RFC 3339 with a space allowed for the T and the offset optional: parts, then the instant in UTC, null where it is none.
CREATE OR REPLACE TEMP MACRO rfc3339_parts(t) AS regexp_extract(
    t,
    '^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(\.[0-9]{1,9})?([Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?$',
    ['day', 'clock', 'fraction', 'zone']
);
CREATE OR REPLACE TEMP MACRO minutes_east(zone) AS CASE
    WHEN zone IN ('', 'Z', 'z', '+00:00') THEN 0
    ELSE CAST(zone[1] || '1' AS INTEGER) * (60 * CAST(zone[2:3] AS INTEGER) + CAST(zone[5:6] AS INTEGER))
END;
CREATE OR REPLACE TEMP MACRO in_range(t) AS CASE
    WHEN t BETWEEN TIMESTAMP '0001-01-01 00:00:00' AND TIMESTAMP '9999-12-31 23:59:59.999999' THEN t
END;
CREATE OR REPLACE TEMP MACRO instant_of(parts) AS in_range(
    in_range(TRY_CAST(parts.day || ' ' || parts.clock || parts.fraction[1:7] AS TIMESTAMP)) - to_minutes(minutes_east(parts.zone))
);
