package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * One entry of the blog.
 *
 * @param body Markdown
 * @param words how many words the body has, empty until the worker has counted them
 */
record Post(long id, String title, String body, Instant createdAt, OptionalInt words) {
    Post {
        requireNonNull(title, "title is null");
        requireNonNull(body, "body is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(words, "words is null");
    }
}
