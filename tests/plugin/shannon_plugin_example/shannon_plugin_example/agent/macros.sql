-- A record of the example agent: null where a member is missing or of another type. Reads no relation.
CREATE OR REPLACE TEMP MACRO example_record(line) AS json_transform(
    line,
    '{
        "kind": "VARCHAR", "at": "VARCHAR", "run": "VARCHAR", "model": "VARCHAR", "in": "BIGINT", "out": "BIGINT",
        "tool": "VARCHAR", "ref": "VARCHAR", "ok": "BOOLEAN"
    }'
);
