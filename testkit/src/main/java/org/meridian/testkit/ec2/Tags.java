package org.meridian.testkit.ec2;

import java.util.Map;

/** Tags as answers have them. */
final class Tags {
    private Tags() {}

    /** Puts the tags of a CreateTags request in, or takes those of a DeleteTags request out. */
    static void change(Ec2Request request, Map<String, String> tags) {
        for (String prefix : request.structures("Tag")) {
            String key = request.require(prefix + "Key");
            if (request.action().equals("CreateTags")) {
                tags.put(key, request.require(prefix + "Value"));
            } else {
                request.find(prefix + "Value");
                tags.remove(key);
            }
        }
    }

    static Xml xml(Map<String, String> tags) {
        return Xml.set(
                "tagSet",
                tags.entrySet().stream(),
                tag -> Xml.of("tag", Xml.text("key", tag.getKey()), Xml.text("value", tag.getValue())));
    }
}
