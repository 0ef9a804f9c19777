package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A list of the API, all of its pages.
 *
 * @param items what is in it
 * @param at    when Cloudflare answered first, by its own clock
 */
record Listing(List<JsonNode> items, Instant at) {
    Listing {
        requireNonNull(at, "at is null");
        items = List.copyOf(items);
    }

    /**
     * Whether a page of a list has another behind it ("Pagination", Cloudflare API documentation). Some lists tell how
     * many pages there are, some only how many items before any filter; after one that is not full there is none.
     */
    static boolean goesOn(Reply page, int number) {
        JsonNode info = page.body().path("result_info");
        int full = info.path("per_page").asInt(0);
        boolean isFull = full > 0 && page.result().size() >= full;
        long items = info.path("total_count").asLong(0);
        boolean more =
                info.has("total_pages") ? number < info.path("total_pages").asInt(0) : (long) number * full < items;
        return isFull && more;
    }
}
