package org.meridian.testkit.ec2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Whether a thing passes a request's filters; a filter that is not known is an error. */
final class Filters {
    private Filters() {}

    /** All filters hold; {@code value} gives what a thing has under a filter's name, empty for an unknown name. */
    static boolean pass(Map<String, List<String>> filters, Function<String, Optional<String>> value) {
        return filters.entrySet().stream().allMatch(filter -> {
            String has = value.apply(filter.getKey())
                    .orElseThrow(() -> Refused.of(
                            "InvalidParameterValue", "this test cloud does not know the filter " + filter.getKey()));
            return filter.getValue().stream().anyMatch(pattern -> matches(pattern, has));
        });
    }

    private static boolean matches(String pattern, String value) {
        return Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), value);
    }
}
