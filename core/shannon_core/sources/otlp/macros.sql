-- Attributes of an OTLP record and its resource that facts keep, as texts; of long texts the size (sources.md §2.2).
-- Reads no relation. Null lists are empty.
CREATE OR REPLACE TEMP MACRO chosen_attributes(own, resource) AS list_transform(
    list_filter(
        coalesce(own, [])
        || coalesce(
            list_filter(
                resource, LAMBDA a: a.key IN ('service.name', 'service.version', 'project_path', 'project.path', 'cwd')
            ),
            []
        ),
        LAMBDA a: a.key IN (
            'session.id', 'conversation.id', 'user.email', 'user.account_uuid', 'user.id', 'app.version',
            'service.name', 'service.version', 'project_path', 'project.path', 'cwd', 'event.name', 'event.timestamp',
            'event.sequence', 'event.kind', 'prompt.id', 'start_type', 'type', 'model', 'cost_usd', 'duration_ms',
            'ttft_ms', 'input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_creation_tokens', 'request_id',
            'speed', 'query_source', 'effort', 'agent.name', 'input_token_count', 'output_token_count',
            'cached_token_count', 'cached_content_token_count', 'reasoning_token_count', 'thoughts_token_count',
            'tool_token_count', 'tool_name', 'function_name', 'tool_use_id', 'call_id', 'success', 'decision', 'source',
            'decision_source', 'tool_input_size_bytes', 'tool_result_size_bytes', 'arguments', 'output', 'error_type',
            'error.type', 'error_name', 'error_code', 'status_code', 'http.response.status_code', 'attempt', 'status',
            'hook_event', 'hook_name', 'hook_event_name', 'num_hooks', 'num_success', 'num_blocking',
            'num_non_blocking_error', 'num_cancelled', 'total_duration_ms', 'agent_type', 'agent_name', 'total_tokens',
            'total_tool_uses', 'is_async', 'terminate_reason', 'trigger', 'pre_tokens', 'post_tokens', 'command_name',
            'command', 'prompt_length'
        )
    ),
    LAMBDA a: {
        'key': CASE WHEN a.key IN ('arguments', 'output') THEN a.key || '_size' ELSE a.key END,
        'value': CASE
            WHEN a.key IN ('arguments', 'output') THEN CAST(length(a.value.stringValue) AS VARCHAR)
            ELSE coalesce(a.value.stringValue, a.value.intValue, a.value.doubleValue, a.value.boolValue)
        END
    }
);
