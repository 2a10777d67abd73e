-- OTLP JSON lines (logs, metrics and spans of Claude Code, Codex and Gemini) → facts (spec: sources.md §2.1, §2.2).
-- Reads clean(line, line_no, file_no, notes): valid JSON objects; a receiver may have wrapped one in a body.
-- Gives file_no, source_line, session_id, kind (log, metric), key, timestamp, fields (JSON: family, name, attributes),
-- notes, record, reason. One line holds many records; one more row names the line itself.
WITH exported AS (
    SELECT
        line_no, file_no, notes,
        json_transform(
            CASE
                WHEN NOT starts_with(line, '{"resource') AND is_object(line -> '$.body') THEN line -> '$.body'
                ELSE line
            END,
            '{
                "resourceLogs": [{
                    "resource": {
                        "attributes": [{
                            "key": "VARCHAR",
                            "value": {
                                "stringValue": "VARCHAR", "intValue": "VARCHAR", "doubleValue": "VARCHAR",
                                "boolValue": "VARCHAR"
                            }
                        }]
                    },
                    "scopeLogs": [{
                        "scope": {"name": "VARCHAR"},
                        "logRecords": [{
                            "timeUnixNano": "VARCHAR", "observedTimeUnixNano": "VARCHAR", "eventName": "VARCHAR",
                            "body": {"stringValue": "VARCHAR"},
                            "attributes": [{
                                "key": "VARCHAR",
                                "value": {
                                    "stringValue": "VARCHAR", "intValue": "VARCHAR", "doubleValue": "VARCHAR",
                                    "boolValue": "VARCHAR"
                                }
                            }]
                        }]
                    }]
                }],
                "resourceMetrics": [{
                    "resource": {
                        "attributes": [{
                            "key": "VARCHAR",
                            "value": {
                                "stringValue": "VARCHAR", "intValue": "VARCHAR", "doubleValue": "VARCHAR",
                                "boolValue": "VARCHAR"
                            }
                        }]
                    },
                    "scopeMetrics": [{
                        "metrics": [{
                            "name": "VARCHAR",
                            "sum": {
                                "aggregationTemporality": "VARCHAR",
                                "dataPoints": [{
                                    "startTimeUnixNano": "VARCHAR", "timeUnixNano": "VARCHAR", "asDouble": "DOUBLE",
                                    "asInt": "DOUBLE",
                                    "attributes": [{
                                        "key": "VARCHAR",
                                        "value": {
                                            "stringValue": "VARCHAR", "intValue": "VARCHAR", "doubleValue": "VARCHAR",
                                            "boolValue": "VARCHAR"
                                        }
                                    }]
                                }]
                            }
                        }]
                    }]
                }],
                "resourceSpans": ["JSON"]
            }'
        ) AS r
    FROM clean
), otlp_record AS (
    -- All records of a line in one list, so that the line is taken apart once, and one more for the line
    -- itself. The structs must be equal, hence the casts of NULL. series: points of one metric that belong together
    -- have the same attributes, in any order.
    SELECT
        line_no, file_no, notes,
        unnest(
            [{
                'kind': NULL::VARCHAR, 'attributes': NULL::STRUCT("key" VARCHAR, "value" VARCHAR)[],
                'body': NULL::VARCHAR, 'scope': NULL::VARCHAR,
                'name': CASE
                    WHEN r.resourceSpans IS NOT NULL THEN 'spans'
                    WHEN r.resourceLogs IS NOT NULL THEN 'logs'
                    WHEN r.resourceMetrics IS NOT NULL THEN 'metrics'
                    ELSE 'unknown'
                END,
                'time': NULL::VARCHAR, 'observed': NULL::VARCHAR, 'temporality': NULL::VARCHAR, 'start': NULL::VARCHAR,
                'value': NULL::DOUBLE, 'series': NULL::VARCHAR
            }]
            || coalesce(
                flatten(list_transform(
                    r.resourceLogs,
                    LAMBDA b: flatten(list_transform(
                        b.scopeLogs,
                        LAMBDA s: list_transform(
                            s.logRecords,
                            LAMBDA l: {
                                'kind': 'log', 'attributes': chosen_attributes(l.attributes, b.resource.attributes),
                                'body': l.body.stringValue, 'scope': s.scope.name, 'name': l.eventName,
                                'time': nullif(l.timeUnixNano, '0'), 'observed': nullif(l.observedTimeUnixNano, '0'),
                                'temporality': NULL::VARCHAR, 'start': NULL::VARCHAR, 'value': NULL::DOUBLE,
                                'series': NULL::VARCHAR
                            }
                        )
                    ))
                )),
                []
            )
            || coalesce(
                flatten(list_transform(
                    r.resourceMetrics,
                    LAMBDA b: flatten(list_transform(
                        b.scopeMetrics,
                        LAMBDA s: flatten(list_transform(
                            s.metrics,
                            LAMBDA m: list_transform(
                                m.sum.dataPoints,
                                LAMBDA p: {
                                    'kind': 'metric',
                                    'attributes': chosen_attributes(p.attributes, b.resource.attributes),
                                    'body': NULL::VARCHAR, 'scope': NULL::VARCHAR, 'name': m.name,
                                    'time': p.timeUnixNano, 'observed': NULL::VARCHAR,
                                    'temporality': m.sum.aggregationTemporality, 'start': p.startTimeUnixNano,
                                    'value': coalesce(p.asDouble, p.asInt),
                                    'series': md5(CAST(
                                        list_sort(
                                            coalesce(p.attributes, []) || coalesce(b.resource.attributes, [])
                                        ) AS VARCHAR
                                    ))
                                }
                            )
                        ))
                    ))
                )),
                []
            ),
            recursive := FALSE
        ) AS o
    FROM exported
), named_record AS (
    -- attributes becomes an object again, written as text: it has few members and json_object takes no list. The name
    -- of an event is in the body, in event.name or in the record, by tool and version.
    SELECT
        line_no, file_no, notes, o, o.kind AS kind,
        '{'
        || coalesce(
            array_to_string(
                list_transform(
                    o.attributes,
                    LAMBDA a: CAST(to_json(a.key) AS VARCHAR)
                    || ':'
                    || coalesce(CAST(to_json(a.value) AS VARCHAR), 'null')
                ),
                ','
            ),
            ''
        )
        || '}' AS attributes,
        regexp_extract(
            coalesce(
                CASE WHEN regexp_matches(o.body, '^(claude_code|codex|gemini_cli)\.') THEN o.body END,
                list_filter(o.attributes, LAMBDA a: a.key = 'event.name')[1].value, o.name
            ),
            '^(?:(claude_code|codex|gemini_cli)\.)?(.*)$', ['family', 'name']
        ) AS n,
        CASE
            WHEN starts_with(o.scope, 'com.anthropic.claude_code') THEN 'claude_code'
            WHEN starts_with(o.scope, 'codex') THEN 'codex'
            ELSE
                regexp_extract(
                    replace(list_filter(o.attributes, LAMBDA a: a.key = 'service.name')[1].value, '-', '_'),
                    '^(claude_code|codex|gemini_cli)'
                )
        END AS origin
    FROM otlp_record
), typed AS (
    SELECT
        *,
        json_transform(
            attributes, '{"session.id": "VARCHAR", "conversation.id": "VARCHAR", "event.timestamp": "VARCHAR"}'
        ) AS d,
        coalesce(nullif(n.family, ''), nullif(origin, '')) AS family
    FROM named_record
), timed_record AS (
    SELECT
        *, TRY_CAST(coalesce(o.time, o.observed) AS BIGINT) AS nanos,
        coalesce(
            -- Exporters write 0 for a time that they do not know.
            in_range(make_timestamp(nullif(TRY_CAST(coalesce(o.time, o.observed) AS BIGINT), 0) // 1000)),
            instant_of(rfc3339_parts(d."event.timestamp"))
        ) AS instant
    FROM typed
)
SELECT
    file_no, line_no AS source_line, coalesce(d."session.id", d."conversation.id", '') AS session_id,
    CASE WHEN family IS NOT NULL AND instant IS NOT NULL THEN kind END AS kind, NULL AS key, instant AS timestamp,
    '{"family":"'
    || family
    || '","name":'
    || CAST(to_json(n.name) AS VARCHAR)
    || CASE WHEN attributes = '{}' THEN '' ELSE ',' END
    || attributes[2:-2]
    || CASE kind
        WHEN 'log' THEN '}'
        ELSE
            ','
            || CAST(
                json_object(
                    'value', finite(o.value), 'start', o.start, 'series', o.series,
                    'is_cumulative', o.temporality = '2' OR contains(o.temporality, 'CUMULATIVE')
                ) AS VARCHAR
            )[2:]
    END AS fields,
    notes | CASE WHEN nanos % 1000 <> 0 THEN note_bit('truncated_timestamp') ELSE 0 END AS notes,
    left(
        CASE WHEN kind IS NULL THEN o.name WHEN family IS NULL THEN kind ELSE kind || '/' || n.name END, 100
    ) AS record,
    NULL AS reason
FROM timed_record
