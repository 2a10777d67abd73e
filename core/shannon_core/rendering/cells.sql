-- Values as cells of CSV and Excel, made where the events are: macros from a text, JSON or number to the characters
-- that the file holds, and tests for values that had to change, by which alterations are counted. cells.py and
-- csv_dialects.py say the rules in words; core/spec/outputs.md has them in full. Reads no relation.

-- Formulas: a look at the first character takes half the time of a pattern.
CREATE OR REPLACE TEMP MACRO is_formula(t) AS unicode(t) IN formula_starts();
CREATE OR REPLACE TEMP MACRO has_nul(t) AS contains(t, chr(0));
CREATE OR REPLACE TEMP MACRO csv_quoted(t) AS CASE
    WHEN t = '' OR regexp_matches(t, '[",\r\n]') THEN '"' || replace(t, '"', '""') || '"'
    ELSE t
END;
-- Searches for single characters take a fifth of the time of a pattern, and most texts need nothing more.
CREATE OR REPLACE TEMP MACRO csv_text(t, guard) AS CASE
    WHEN t IS NULL THEN ''
    WHEN
        t = ''
        OR contains(t, ',')
        OR contains(t, '"')
        OR contains(t, chr(10))
        OR contains(t, chr(13))
        OR has_nul(t)
        OR is_formula(t)
    THEN csv_quoted(CASE WHEN guard AND is_formula(t) THEN '''' ELSE '' END || replace(t, chr(0), chr(65533)))
    ELSE t
END;
CREATE OR REPLACE TEMP MACRO json_text(x) AS CASE WHEN left(CAST(x AS VARCHAR), 1) = '"' THEN x ->> '$' END;
CREATE OR REPLACE TEMP MACRO csv_json(x, guard) AS CASE
    WHEN x IS NULL OR CAST(x AS VARCHAR) = 'null' THEN ''
    WHEN left(CAST(x AS VARCHAR), 1) = '"' THEN csv_text(x ->> '$', guard)
    ELSE csv_quoted(CAST(x AS VARCHAR))
END;
-- Whether the members of an object may need more than to be written as they are: an escape, an empty text, a list or an
-- object, a comma in a text, a text that begins like a formula. False positives cost time only; there are no false
-- negatives, and compact JSON without any of these is seldom taken for one with them.
CREATE OR REPLACE TEMP MACRO has_odd_members(x) AS regexp_matches(
    x, '[\x00-\x1f\\]|""|.[\[{]|,[^"]|,"[,} ]|"[' || formula_marks() || ']'
);
CREATE OR REPLACE TEMP MACRO csv_members(odd, plain, guard) AS array_to_string(
    coalesce(
        list_transform(odd, LAMBDA member: csv_json(member, guard)),
        list_transform(plain, LAMBDA member: coalesce(member, ''))
    ),
    ','
);
CREATE OR REPLACE TEMP MACRO is_json_formula(x) AS regexp_matches(
    CAST(x AS VARCHAR), '^"([' || formula_marks() || ']|\\[trn]|\\u0000)'
);
CREATE OR REPLACE TEMP MACRO has_json_nul(x) AS (
    contains(CAST(x AS VARCHAR), '\u0000') AND coalesce(has_nul(json_text(x)), FALSE)
);

CREATE OR REPLACE TEMP MACRO iso_instant(t) AS strftime(t, '%Y-%m-%dT%H:%M:%S.%f+00:00');

CREATE OR REPLACE TEMP MACRO sheet_illegal(t) AS regexp_matches(t, '[\x00-\x08\x0b\x0c\x0e-\x1f\x{FFFE}\x{FFFF}]');
-- Excel counts UTF-16 units: a character outside the Basic Multilingual Plane is two. A text of half the limit fits.
CREATE OR REPLACE TEMP MACRO sheet_units(t) AS (
    length(t)
    + CASE WHEN strlen(t) = length(t) THEN 0 ELSE length(regexp_replace(t, '[^\x{10000}-\x{10FFFF}]+', '', 'g')) END
);
CREATE OR REPLACE TEMP MACRO sheet_too_long(t) AS CASE
    WHEN length(t) <= cell_characters() // 2 THEN FALSE
    ELSE sheet_units(t) > cell_characters()
END;
-- Without a character outside the Basic Multilingual Plane, characters are units; else half as many always fit.
CREATE OR REPLACE TEMP MACRO sheet_cut_at(t) AS CASE
    WHEN sheet_units(t) = length(t) THEN cut_cell_characters()
    ELSE cut_cell_characters() // 2
END;
CREATE OR REPLACE TEMP MACRO sheet_shortened(t) AS CASE
    WHEN sheet_too_long(t)
    THEN left(t, sheet_cut_at(t)) || '…[truncated ' || (length(t) - sheet_cut_at(t)) || ']'
    ELSE t
END;
CREATE OR REPLACE TEMP MACRO sheet_escaped(t) AS CASE
    WHEN regexp_matches(t, '[&<>\r_\x00-\x08\x0b\x0c\x0e-\x1f\x{FFFE}\x{FFFF}]') THEN replace(
        replace(
            replace(
                replace(
                    regexp_replace(
                        regexp_replace(t, '[\x00-\x08\x0b\x0c\x0e-\x1f\x{FFFE}\x{FFFF}]', chr(65533), 'g'),
                        '_(x[0-9A-Fa-f]{4}_)', '_x005F_\1', 'g'
                    ),
                    '&', '&amp;'
                ),
                '<', '&lt;'
            ),
            '>', '&gt;'
        ),
        chr(13), '&#13;'
    )
    ELSE t
END;
CREATE OR REPLACE TEMP MACRO sheet_text(t) AS CASE
    WHEN t IS NULL THEN '<c/>'
    ELSE concat('<c t="inlineStr"><is><t xml:space="preserve">', sheet_escaped(sheet_shortened(t)), '</t></is></c>')
END;
CREATE OR REPLACE TEMP MACRO sheet_number(x, style) AS CASE
    WHEN x IS NULL THEN '<c/>'
    ELSE concat('<c s="', style, '"><v>', x, '</v></c>')
END;
CREATE OR REPLACE TEMP MACRO sheet_integer(x, style) AS CASE
    WHEN abs(x) > exact_integer() THEN sheet_text(CAST(x AS VARCHAR))
    ELSE sheet_number(x, style)
END;
CREATE OR REPLACE TEMP MACRO sheet_boolean(x) AS CASE
    WHEN x IS NULL THEN '<c/>'
    WHEN x THEN '<c t="b"><v>1</v></c>'
    ELSE '<c t="b"><v>0</v></c>'
END;
CREATE OR REPLACE TEMP MACRO before_sheets(t) AS t < first_sheet_date();
CREATE OR REPLACE TEMP MACRO sheet_instant(wall, style) AS CASE
    WHEN before_sheets(wall) THEN sheet_text(strftime(wall, '%Y-%m-%dT%H:%M:%S.%f'))
    ELSE concat('<c s="', style, '"><v>', epoch_us(wall) / 86400000000.0 + 25569, '</v></c>')
END;
