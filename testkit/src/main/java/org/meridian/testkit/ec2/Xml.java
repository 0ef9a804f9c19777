package org.meridian.testkit.ec2;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An element of an answer.
 *
 * @param name     its name
 * @param text     its text; empty where it has children
 * @param children its children
 */
record Xml(String name, String text, List<Xml> children) {
    static Xml of(String name, Xml... children) {
        return new Xml(name, "", List.of(children));
    }

    static Xml of(String name, List<Xml> children) {
        return new Xml(name, "", List.copyOf(children));
    }

    static Xml text(String name, Object text) {
        return new Xml(name, String.valueOf(text), List.of());
    }

    /** A list as EC2 writes it: an item for each. */
    static <T> Xml set(String name, Stream<T> things, Function<T, Xml> item) {
        return of(
                name,
                things.map(thing -> new Xml("item", "", item.apply(thing).children()))
                        .toList());
    }

    @Override
    public String toString() {
        StringBuilder xml = new StringBuilder("<").append(name).append('>').append(escaped());
        children.forEach(xml::append);
        return xml.append("</").append(name).append('>').toString();
    }

    private String escaped() {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
