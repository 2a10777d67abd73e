-- Cost of a request in US dollars by a row of the relation prices (price_table.py), null without such a row. Tokens are
-- counts and may be null.
-- mode is 'fast', 'priority', or anything else for the plain price; null where the model has no price in that mode.
-- Rule: sources.md, Decisions. Reads no relation; price is a row.
CREATE OR REPLACE TEMP MACRO cost_of(price, input, output, write_5m, write_1h, read, mode) AS (
    CASE
        WHEN
            -- Providers price all tokens of a request by the size of its whole input, what the cache held included.
            coalesce(input, 0) + coalesce(write_5m, 0) + coalesce(write_1h, 0) + coalesce(read, 0) > price.long_context
        THEN (
            coalesce(input, 0) * price.long_input
            + coalesce(output, 0) * price.long_output
            + coalesce(write_5m, 0) * price.long_cache_write_5m
            + coalesce(write_1h, 0) * price.long_cache_write_1h
            + coalesce(read, 0) * price.long_cache_read
        )
        ELSE
            coalesce(input, 0) * price.input
            + coalesce(output, 0) * price.output
            + coalesce(write_5m, 0) * price.cache_write_5m
            + coalesce(write_1h, 0) * price.cache_write_1h
            + coalesce(read, 0) * price.cache_read
    END * CASE mode WHEN 'fast' THEN price.fast WHEN 'priority' THEN price.priority ELSE 1 END / 1e6
);
