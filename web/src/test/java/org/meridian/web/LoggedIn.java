package org.meridian.web;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** What a browser has that logged in: a cookie that it sends to every port of the host, and the page's key. */
record LoggedIn(String cookie, String key) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** An operator's. */
    static LoggedIn at(Stage stage) throws Exception {
        return at(stage, Stage.OPERATOR);
    }

    static LoggedIn at(Stage stage, String token) throws Exception {
        HttpResponse<String> login = stage.client("").post("/api/login", "{\"token\":\"" + token + "\"}");
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        return new LoggedIn(
                cookie.substring(0, cookie.indexOf(';')),
                MAPPER.readTree(login.body()).path("key").asString());
    }

    /** The headers that the page's requests have, and these. */
    String[] with(String... more) {
        return Stream.concat(Stream.of("Cookie", cookie, "X-Meridian-Key", key), Arrays.stream(more))
                .toArray(String[]::new);
    }
}
