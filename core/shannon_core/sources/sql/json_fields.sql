-- Macros that all sources share: typed members of JSON, times, ids, and limits of facts. Read no relation.

-- A member of a JSON object as a typed value: null where it is missing, null, or of another JSON type; a number in
-- quotes is a text. mismatched() tells a wrong type from an absence, so that it can be counted (events.md §1).
CREATE OR REPLACE TEMP MACRO is_absent(x) AS coalesce(CAST(x AS VARCHAR), 'null') = 'null';
CREATE OR REPLACE TEMP MACRO is_object(x) AS left(CAST(x AS VARCHAR), 1) = '{';
CREATE OR REPLACE TEMP MACRO text_of(x) AS CASE WHEN left(CAST(x AS VARCHAR), 1) = '"' THEN x ->> '$' END;
CREATE OR REPLACE TEMP MACRO number_of(x) AS CASE
    WHEN left(CAST(x AS VARCHAR), 1) IN ('-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9') THEN TRY_CAST(
        x AS DOUBLE
    )
END;
CREATE OR REPLACE TEMP MACRO integer_of(x) AS CASE
    WHEN regexp_full_match(CAST(x AS VARCHAR), '-?[0-9]+(\.0+)?') THEN TRY_CAST(
        split_part(CAST(x AS VARCHAR), '.', 1) AS BIGINT
    )
END;
CREATE OR REPLACE TEMP MACRO boolean_of(x) AS CASE CAST(x AS VARCHAR) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END;
CREATE OR REPLACE TEMP MACRO mismatched(x, typed) AS NOT is_absent(x) AND typed IS NULL;

-- Whether a line is white space; line_validation.py decides on longer ones. A CASE, because the engine may evaluate the
-- terms of an AND in any order, the costly one first.
CREATE OR REPLACE TEMP MACRO is_blank(line) AS CASE
    WHEN strlen(line) <= longest_blank() THEN trim(line, E' \t\r\n') = ''
    ELSE FALSE
END;

-- The names of the members of a line, of its data and of its metadata, as JSON text; null where the line is not JSON.
CREATE OR REPLACE TEMP MACRO shape_of(line) AS CAST(
    to_json(TRY(json_keys(line, ['$', '$.data', '$.metadata']))) AS VARCHAR
);

-- Whether a line may hold, after this mark, one of these signs, or a number that JSON does not have (NaN, an infinity)
-- or that does not fit a double (1e999). One mark at a time: a pattern that begins with a letter is searched for
-- several times faster than one that begins with a choice.
CREATE OR REPLACE TEMP MACRO odd_after(line, mark, signs) AS regexp_matches(
    line, mark || '\s*(?:' || signs || '-?(?:[nN][aA][nN]|[iI][nN][fF]|[0-9]+\.?[0-9]*[eE]\+?[0-9]*[1-9][0-9]{2}))'
);

-- RFC 3339, with a space allowed for the T and the offset optional (events.md §2): its parts, then the instant in UTC,
-- null where the text is not a time.
CREATE OR REPLACE TEMP MACRO rfc3339_parts(t) AS regexp_extract(
    t,
    '^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])'
    || '(\.[0-9]{1,9})?([Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?$',
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
    in_range(TRY_CAST(parts.day || ' ' || parts.clock || parts.fraction[1:7] AS TIMESTAMP))
    - to_minutes(minutes_east(parts.zone))
);

-- A UUIDv5 (RFC 9562) of the key in a namespace of this program: the same thing has the same id whenever it is read.
CREATE OR REPLACE TEMP MACRO uuid_of_digest(h) AS concat(
    left(h, 8), '-', substr(h, 9, 4), '-5', substr(h, 14, 3), '-',
    substr('89ab', (instr('0123456789abcdef', substr(h, 17, 1)) - 1) % 4 + 1, 1), substr(h, 18, 3), '-',
    substr(h, 21, 12)
);
CREATE OR REPLACE TEMP MACRO stable_id(key) AS uuid_of_digest(sha1(
    unhex('5e0c1b7c94f04d0f8f6a2f3c7a1d9b52') || encode(key)
));

-- What facts hold: numbers that a total can bear, the notes of a time, the length of the texts in a list of blocks.
CREATE OR REPLACE TEMP MACRO finite(x) AS CASE WHEN isfinite(x) THEN x END;
CREATE OR REPLACE TEMP MACRO tokens_of(x) AS CASE WHEN x BETWEEN 0 AND 1000000000000 THEN x END;
CREATE OR REPLACE TEMP MACRO time_notes(parts) AS (
    CASE WHEN parts.zone = '' THEN note_bit('naive_timestamp') ELSE 0 END
    | CASE WHEN strlen(parts.fraction) > 7 THEN note_bit('truncated_timestamp') ELSE 0 END
);
CREATE OR REPLACE TEMP MACRO text_size(x) AS coalesce(
    length(array_to_string(TRY(json_extract_string(x, '$[*].text')), '')), length(x)
);
