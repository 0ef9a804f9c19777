package org.meridian.testkit.ec2;

import java.util.Map;

/** Tags as answers have them. */
final class Tags {
    private Tags() {}

    static Xml xml(Map<String, String> tags) {
        return Xml.set(
                "tagSet",
                tags.entrySet().stream(),
                tag -> Xml.of("tag", Xml.text("key", tag.getKey()), Xml.text("value", tag.getValue())));
    }
}
