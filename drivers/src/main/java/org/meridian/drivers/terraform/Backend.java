package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;

/**
 * Where Terraform keeps its states, by Terraform's own names: each region has one of its own.
 *
 * @param type     the backend's type, such as {@code s3}
 * @param settings its settings; {@code {app}} and {@code {region}} in a value stand for the names
 */
public record Backend(String type, Map<String, String> settings) {
    /** A file in each region's directory. */
    public static final Backend LOCAL = new Backend("local", Map.of());

    static final String STATE_FILE = "terraform.tfstate";

    /** The setting in which backends tell one state from another, and what stands there unless the team says more. */
    private static final Map<String, String> APART = Map.of(
            "s3", "key=meridian/{app}/{region}.tfstate",
            "pg", "schema_name=meridian_{app}_{region}",
            "gcs", "prefix=meridian/{app}/{region}",
            "azurerm", "key=meridian/{app}/{region}.tfstate",
            "consul", "path=meridian/{app}/{region}",
            "kubernetes", "secret_suffix=meridian-{app}-{region}",
            "local", "path=" + STATE_FILE);

    private static final String S3 = "s3";

    /** How a state in S3 is locked, from Terraform 1.10 on; the other types need not be asked to. */
    private static final String LOCK_FILE = "use_lockfile";

    /** How a state in S3 was locked before. */
    private static final String LOCK_TABLE = "dynamodb_table";

    /** Copies the settings. */
    public Backend {
        requireNonNull(type, "type is null");
        settings = Map.copyOf(settings);
    }

    /** Whether the states are files of this machine where Meridian expects them. */
    boolean local() {
        return type.equals("local");
    }

    /** The settings of a region's state. */
    Map<String, String> of(AppName app, RegionName region) {
        Map<String, String> filled = new LinkedHashMap<>();
        if (APART.containsKey(type)) {
            filled.put(apart()[0], apart()[1]);
        }
        if (type.equals(S3) && !settings.containsKey(LOCK_TABLE)) {
            filled.put(LOCK_FILE, "true");
        }
        filled.putAll(settings);
        filled.replaceAll((key, value) -> value.replace("{app}", app.value()).replace("{region}", region.value()));
        return filled;
    }

    private String[] apart() {
        return APART.getOrDefault(type, "=").split("=", 2);
    }
}
