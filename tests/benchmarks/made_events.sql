-- Gives, by the macro lines, the lines of the events first … last; made_events.py says what they are like.
-- Reads no relation. format() wants braces doubled.
CREATE MACRO luck(i, salt, n) AS (hash(i, salt) % n)::BIGINT;
CREATE MACRO one_of(list, i, salt) AS list[1 + luck(i, salt, len(list))];
CREATE MACRO uuid_of(text) AS regexp_replace(md5(text), '(.{8})(.{4})(.{4})(.{4})(.{12})', '\1-\2-\3-\4-\5');
CREATE MACRO outcome(i, percent) AS CASE WHEN luck(i, 20, 100) < percent THEN 'true' ELSE 'false' END;
CREATE MACRO milliseconds(i) AS round(
    exp(5 + 1.5 * (luck(i, 21, 1000) + luck(i, 22, 1000) + luck(i, 23, 1000) - 1500) / 500), 3
);
CREATE MACRO model_of(i) AS one_of(['claude-opus-4-5', 'claude-sonnet-4-5', 'claude-haiku-4-5'], i, 6);
CREATE MACRO type_of(chance) AS CASE
    WHEN chance < 45 THEN 'tool_use'
    WHEN chance < 70 THEN 'token_usage'
    WHEN chance < 80 THEN 'performance'
    WHEN chance < 85 THEN 'agent_execution'
    WHEN chance < 90 THEN 'command_executed'
    WHEN chance < 93 THEN 'error_occurred'
    WHEN chance < 95 THEN 'session_start'
    WHEN chance < 97 THEN 'session_end'
    WHEN chance < 99 THEN 'hook_triggered'
    ELSE 'checkpoint_created'
END;
CREATE MACRO data_of(i, type) AS CASE type
    WHEN 'tool_use' THEN format(
        '{{"tool_name":"{}","success":{},"duration_ms":{},"input_size":{},"output_size":{}}}',
        one_of(
            ['Read', 'Write', 'Edit', 'Bash', 'Grep', 'Glob', 'WebFetch', 'Task', 'TodoWrite', 'mcp__github__search'],
            i, 1
        ),
        outcome(i, 92), milliseconds(i), luck(i, 2, 10000), luck(i, 3, 50000)
    )
    WHEN 'token_usage' THEN format(
        '{{"prompt_tokens":{},"completion_tokens":{},"total_tokens":{},"model":"{}"}}', luck(i, 4, 5000),
        luck(i, 5, 3000), luck(i, 4, 5000) + luck(i, 5, 3000), model_of(i)
    )
    WHEN 'performance' THEN format(
        '{{"operation":"{}","duration_ms":{},"success":true}}', one_of(['parse', 'render', 'index'], i, 7),
        luck(i, 8, 100000000) / 1000000
    )
    WHEN 'agent_execution' THEN format(
        '{{"agent_id":"agent_{}","success":{},"duration_ms":{},"task":"Task {}, \"quoted\""}}', luck(i, 9, 26),
        outcome(i, 90), luck(i, 10, 30000000) / 1000, i
    )
    WHEN 'command_executed' THEN format(
        '{{"command_name":"{}","duration_ms":{}}}', one_of(['/init', '/review', '/compact'], i, 11), luck(i, 12, 1000)
    )
    WHEN 'error_occurred' THEN format(
        '{{"error_type":"{}","error_message":"after {} s, naïve 日本語","stack_trace":"{}{}"}}',
        one_of(['TimeoutError', 'ValidationError', 'NetworkError', 'RateLimitError'], i, 13), luck(i, 14, 60),
        'Traceback:\n  File \"t.py\", line ', luck(i, 15, 99)
    )
    WHEN 'session_start' THEN format(
        '{{"project_path":"/home/user_{:03d}/src/project","model":"{}"}}', luck(i, 16, 40), model_of(i)
    )
    WHEN 'session_end' THEN format(
        '{{"duration_seconds":{},"token_count":{}}}', luck(i, 17, 60000) / 100, luck(i, 18, 10000)
    )
    WHEN 'hook_triggered' THEN '{"hook":"PreToolUse","matched":[1,2,3]}'
    ELSE format('{{"checkpoint_id":"cp{}","files_changed":{}}}', luck(i, 19, 1000000000), luck(i, 24, 20))
END;
CREATE MACRO session_of(i, events) AS uuid_of(
    'session' || CASE WHEN luck(i, 26, 10) < 8 THEN i // 400 ELSE luck(i, 27, greatest(10, events // 400)) END
);
CREATE MACRO time_of(i, step) AS strftime(
    TIMESTAMP '2026-01-01' + to_microseconds((i * step)::BIGINT + luck(i, 25, 20000000)), '%Y-%m-%dT%H:%M:%S.%f+00:00'
);
CREATE MACRO lines(first, last, events, step) AS TABLE
    SELECT
        format(
            '{{"id":"{}","timestamp":"{}","type":"{}","session_id":"{}","user_id":{},"data":{},"metadata":{{}}}}',
            uuid_of('event' || i), time_of(i, step), type, session_of(i, events),
            CASE WHEN luck(i, 28, 10) > 0 THEN format('"user_{:03d}"', luck(i, 29, 40)) ELSE 'null' END,
            data_of(i, type)
        )
    FROM (SELECT range AS i, type_of(luck(range, 30, 100)) AS type FROM range(first, last));
