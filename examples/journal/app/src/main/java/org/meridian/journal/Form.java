package org.meridian.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/** The fields of a form or a query string (application/x-www-form-urlencoded, URL Standard section 5). */
final class Form {
    private final Map<String, String> fields;

    private Form(Map<String, String> fields) {
        this.fields = fields;
    }

    /** Reads the encoded fields; the last of several with one name counts. */
    static Form parse(String encoded) {
        Map<String, String> fields = new HashMap<>();
        for (String field : encoded.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
            }
        }
        return new Form(fields);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequest("The form is not encoded as a browser does it.", e);
        }
    }

    /** The field without space around it, of 1 to {@code longest} characters. */
    String text(String name, int longest) {
        String value = fields.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            throw new BadRequest("Please fill in the " + name + ".");
        }
        if (value.length() > longest) {
            throw new BadRequest(
                    "The %s has %d characters; at most %d are possible.".formatted(name, value.length(), longest));
        }
        return value;
    }

    /** The field as a whole number from 0 to {@code most}. */
    int number(String name, int otherwise, int most) {
        String value = fields.getOrDefault(name, Integer.toString(otherwise));
        if (!value.matches("\\d{1,6}") || Integer.parseInt(value) > most) {
            throw new BadRequest("%s must be a whole number from 0 to %d.".formatted(name, most));
        }
        return Integer.parseInt(value);
    }
}
