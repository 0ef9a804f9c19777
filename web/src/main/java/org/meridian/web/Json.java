package org.meridian.web;

import tools.jackson.databind.json.JsonMapper;

/** Writes and reads the API's JSON. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}
}
