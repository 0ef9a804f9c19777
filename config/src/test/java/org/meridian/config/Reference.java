package org.meridian.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the documentation and the examples, which the tests load. */
final class Reference {
    private static final Path CHECKOUT = find();
    static final Path FILE = CHECKOUT.resolve("docs/reference/meridian.yml");
    static final Path EDGE_MACHINES = CHECKOUT.resolve("docs/reference/edge-machines.yml");
    static final Path DNS = CHECKOUT.resolve("docs/reference/dns.yml");
    static final Path CLOUDFLARE = CHECKOUT.resolve("docs/reference/cloudflare.yml");
    static final Path HOOKS = CHECKOUT.resolve("docs/hooks.md");
    static final Path SCHEMA = CHECKOUT.resolve("docs/reference/meridian.schema.json");
    static final Path EXAMPLE = CHECKOUT.resolve("examples/journal/meridian.yml");

    private Reference() {}

    /** Maven runs tests in the module, an editor perhaps in the checkout. */
    private static Path find() {
        Path above = Path.of("..");
        return Files.isDirectory(above.resolve("docs/reference")) ? above : Path.of("");
    }
}
