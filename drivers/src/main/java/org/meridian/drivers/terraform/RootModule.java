package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Region;
import tools.jackson.databind.json.JsonMapper;

/**
 * The root module of a region as text (Terraform language, "JSON Configuration Syntax"): it says where the state is and
 * calls one module with the contract that all modules keep.
 *
 * @param app      the app
 * @param provider what makes the servers
 * @param backend  where the state is
 */
record RootModule(AppName app, FleetProvider provider, Backend backend) {
    static final String SERVERS = "servers";
    static final String USER_DATA = "user_data";
    static final String ASKED = "asked";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SERVER =
            "map(object({ size = string, image = string, port = number, generation = string,"
                    + " host_key = string, tags = map(string) }))";

    RootModule {
        requireNonNull(app, "app is null");
        requireNonNull(provider, "provider is null");
        requireNonNull(backend, "backend is null");
    }

    /**
     * The text of {@code main.tf.json}.
     *
     * @param source    the module's directory relative to the root module's, with ./ or ../ in front
     * @param variables what the team gives its module besides
     * @param sshKey    the public key that may log in
     */
    String text(Region region, String source, Map<String, Object> variables, String sshKey) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("//", "Written by Meridian before each run; changes are lost.");
        root.put("terraform", terraform(region));
        if (provider.bundled()) {
            root.put("provider", Map.of(provider.word(), provider.settings(region.location())));
        }
        root.put("variable", variables());
        root.put("module", Map.of("fleet", fleet(region, source, variables, sshKey)));
        root.put("output", outputs(region));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /** A root module without providers that can read the same state. */
    String reader(Region region) {
        return JSON.writeValueAsString(Map.of("terraform", Map.of("backend", backendOf(region)))) + "\n";
    }

    private Map<String, Object> terraform(Region region) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("required_version", ">= 1.5.0");
        settings.put("backend", backendOf(region));
        if (provider.bundled()) {
            settings.put("required_providers", provider.required());
        }
        return settings;
    }

    private Map<String, Object> backendOf(Region region) {
        return Map.of(backend.type(), literal(backend.of(app, region.name())));
    }

    private static Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put(SERVERS, Map.of("type", SERVER, "default", Map.of()));
        // Apart from the rest, because it holds the host keys that servers are born with.
        variables.put(USER_DATA, Map.of("type", "map(string)", "default", Map.of(), "sensitive", true));
        return variables;
    }

    private Map<String, Object> fleet(Region region, String source, Map<String, Object> variables, String sshKey) {
        Map<String, Object> fleet = new LinkedHashMap<>();
        fleet.put("source", source);
        fleet.put("app", app.value());
        fleet.put("region", region.name().value());
        fleet.put("location", region.location());
        fleet.put("ssh_key", literal(sshKey));
        fleet.put("network", Map.of("names", literal(region.networks())));
        fleet.put(
                SERVERS,
                "${{ for name, server in var.servers : name =>"
                        + " merge(server, { user_data = lookup(var.user_data, name, \"\") }) }}");
        variables.forEach((name, value) -> fleet.put(name, literal(value)));
        return fleet;
    }

    private Map<String, Object> outputs(Region region) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("provider", provider.word());
        asked.put("location", region.location());
        asked.put(SERVERS, "${var.servers}");
        Map<String, Object> outputs = new LinkedHashMap<>();
        outputs.put(ASKED, Map.of("value", asked));
        outputs.put(SERVERS, Map.of("value", "${module.fleet.servers}"));
        return outputs;
    }

    /** The same value, so written that nothing in it is an expression. */
    private static Object literal(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put((String) literal(key), literal(inner)));
                yield copy;
            }
            case List<?> list -> list.stream().map(RootModule::literal).toList();
            case String text -> text.replace("${", "$${").replace("%{", "%%{");
            default -> value;
        };
    }
}
