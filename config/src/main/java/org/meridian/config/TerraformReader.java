package org.meridian.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meridian.config.TerraformConfiguration.Module;
import org.meridian.config.document.Field;
import org.meridian.config.document.Field.Named;
import org.meridian.config.document.Section;
import org.meridian.core.model.RegionName;

/** Reads {@code terraform:}, and what regions say about their modules. */
final class TerraformReader {
    /** The providers that Terraform stands behind; the last one has no module that comes with Meridian. */
    static final List<String> PROVIDERS = List.of("aws", "digitalocean", "terraform");

    private static final String OWN = "terraform";
    private static final String MODULE =
            "Write the path of a directory with .tf files, such as 'module: infra/fleet'; docs/clouds.md says what it gets.";
    private static final String VARIABLES = "Write 'name: value' lines below it.";
    private static final String BACKEND =
            "Write 'backend: { type: s3, bucket: journal-states, region: eu-west-1 }', say, or leave the key out.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    /** What every module gets from Meridian, and what Terraform keeps for itself in a module call. */
    private static final List<String> TAKEN = List.of(
            "app",
            "region",
            "location",
            "servers",
            "network",
            "ssh_key",
            "source",
            "version",
            "providers",
            "count",
            "for_each",
            "depends_on");

    private static final List<String> SECRET_SETTINGS = List.of(
            "access_key",
            "secret_key",
            "token",
            "conn_str",
            "password",
            "sas_token",
            "client_secret",
            "credentials",
            "access_token",
            "encryption_key");

    private static final Duration WITHIN = Duration.ofMinutes(20);
    private static final int MOST_AT_ONCE = 64;

    private final Path directory;
    private final Map<String, String> environment;
    private final Map<RegionName, Module> own = new LinkedHashMap<>();
    private final Map<RegionName, Field> withoutModule = new LinkedHashMap<>();

    TerraformReader(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** What a region says; {@code name} is empty when that is wrong. */
    void region(Optional<RegionName> name, Section region, Optional<Field> provider) {
        Optional<Field> module = region.find("module");
        Optional<Field> variables = region.find("variables");
        String made = provider.flatMap(Field::text).orElse("");
        if (!PROVIDERS.contains(made)) {
            for (Field field :
                    Stream.concat(module.stream(), variables.stream()).toList()) {
                field.keyError(
                        "wrong-key", "this belongs to a region that Terraform makes", "Remove it, or see 'provider'.");
            }
            return;
        }
        module.filter(field -> !made.equals(OWN))
                .ifPresent(field -> field.keyError(
                        "wrong-key", made + " has a module of its own", "Write 'provider: terraform' to use another."));
        Optional<Path> path = module.flatMap(this::module);
        Map<String, Object> given = variables(variables);
        name.ifPresent(known -> {
            own.put(known, new Module(path, given));
            if (made.equals(OWN) && module.isEmpty()) {
                withoutModule.put(known, provider.orElseThrow());
            }
        });
    }

    /** The whole, once all regions were read. */
    TerraformConfiguration read(Section terraform) {
        Optional<Path> shared = terraform.find("module").flatMap(this::module);
        Map<String, Object> given = variables(terraform.find("variables"));
        if (!terraform.has("module")) {
            withoutModule
                    .values()
                    .forEach(
                            provider -> provider.error("missing-key", "the provider terraform needs a module", MODULE));
        }
        Map<String, String> backend = backend(terraform.find("backend"));
        String type = backend.getOrDefault("type", "local");
        backend.remove("type");
        return new TerraformConfiguration(
                terraform.find("program").flatMap(Field::text).orElse("terraform"),
                type,
                backend,
                terraform.find("plugin_cache").flatMap(this::path),
                terraform.find("parallelism").flatMap(field -> field.number(1, MOST_AT_ONCE)),
                terraform.duration("within", WITHIN, Duration.ofSeconds(1), Duration.ofHours(6)),
                modules(shared, given));
    }

    private Map<RegionName, Module> modules(Optional<Path> shared, Map<String, Object> given) {
        Map<RegionName, Module> modules = new LinkedHashMap<>();
        own.forEach((region, module) -> {
            Map<String, Object> variables = new LinkedHashMap<>(given);
            variables.putAll(module.variables());
            Optional<Path> path = withoutModule.containsKey(region) ? shared : module.path();
            modules.put(region, new Module(path, variables));
        });
        return modules;
    }

    private Optional<Path> module(Field field) {
        return path(field).filter(path -> {
            boolean code = hasCode(path);
            if (!code) {
                field.error("missing-file", "there are no .tf files in " + path, MODULE);
            }
            return code;
        });
    }

    private static boolean hasCode(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(
                    file -> file.toString().endsWith(".tf") || file.toString().endsWith(".tf.json"));
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<Path> path(Field field) {
        return field.text().flatMap(text -> {
            Optional<Path> path = WrittenPath.of(directory, text);
            if (path.isEmpty()) {
                field.error("wrong-value", "'" + text + "' is not a path", "Write the path of a directory.");
            }
            return path;
        });
    }

    private static Map<String, Object> variables(Optional<Field> field) {
        Map<String, Object> variables = new LinkedHashMap<>();
        for (Named entry : field.map(map -> map.names(VARIABLES)).orElse(List.of())) {
            if (TAKEN.contains(entry.name()) || !NAME.matcher(entry.name()).matches()) {
                entry.field()
                        .keyError(
                                "reserved-name",
                                TAKEN.contains(entry.name())
                                        ? "Meridian itself gives a module '" + entry.name() + "'"
                                        : "'" + entry.name() + "' can't be a variable's name",
                                "Give the variable another name.");
            } else {
                value(entry.field()).ifPresent(value -> variables.put(entry.name(), value));
            }
        }
        return variables;
    }

    /** Text, for Terraform turns it into what the variable's type says; or a list or a map of such. */
    private static Optional<Object> value(Field field) {
        if (field.isMapping()) {
            Map<String, Object> map = new LinkedHashMap<>();
            field.names(VARIABLES)
                    .forEach(entry -> value(entry.field()).ifPresent(value -> map.put(entry.name(), value)));
            return Optional.of(map);
        }
        if (field.isList()) {
            return Optional.of(field.items(VARIABLES).orElse(List.of()).stream()
                    .flatMap(item -> value(item).stream())
                    .toList());
        }
        return field.text().map(Object.class::cast);
    }

    private Map<String, String> backend(Optional<Field> field) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Named entry : field.map(map -> map.names(BACKEND)).orElse(List.of())) {
            if (SECRET_SETTINGS.contains(entry.name())) {
                entry.field()
                        .keyError(
                                "secret-in-file",
                                "this is a secret, which does not belong into a file",
                                "Leave it out and set the environment variable that Terraform's backend has for it.");
            }
            entry.field().text().ifPresent(text -> settings.put(entry.name(), text));
        }
        field.filter(map -> map.isMapping() && !settings.containsKey("type"))
                .ifPresent(map -> map.error("missing-key", "the backend's type is missing", BACKEND));
        field.filter(map -> own.size() > 1 && !apart(settings))
                .ifPresent(map -> map.error(
                        "shared-state",
                        "several regions would have one state",
                        "Write {region} into the setting that tells states apart, such as the address."));
        field.ifPresent(map -> BackendLock.missing(settings, environment)
                .ifPresent(write -> map.error(
                        "unlocked-state", "nothing keeps two runs from writing this state at the same time", write)));
        return settings;
    }

    /** Whether each region has a state of its own; for some types Meridian sees to that itself. */
    private static boolean apart(Map<String, String> settings) {
        String key =
                switch (settings.getOrDefault("type", "")) {
                    case "s3", "azurerm" -> "key";
                    case "pg" -> "schema_name";
                    case "gcs" -> "prefix";
                    case "consul", "local" -> "path";
                    case "kubernetes" -> "secret_suffix";
                    default -> "type";
                };
        return !settings.containsKey(key) || settings.values().stream().anyMatch(value -> value.contains("{region}"));
    }
}
