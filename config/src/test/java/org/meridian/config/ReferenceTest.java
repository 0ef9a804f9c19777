package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlFile;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.DnsRecordSettings;
import org.meridian.core.model.Hook;
import org.meridian.core.model.HookPoint;
import org.meridian.core.model.Proxies;
import org.meridian.core.model.SshAddress;
import org.meridian.core.model.TrafficLayer;

class ReferenceTest {
    private static final List<String> NAMED_BY_THE_TEAM =
            List.of("regions", "env", "variables", "backend", "workers", "jobs", "services");

    @Test
    void theReferenceLoadsWithoutProblemsAndWarnings() {
        Configuration configuration = new ConfigurationLoader(Folder.ENVIRONMENT).load(Reference.FILE);

        App app = configuration.app();
        assertThat(app.name()).isEqualTo(new AppName("journal"));
        assertThat(app.regions()).hasSize(6);
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void theExampleLoadsWithoutProblemsAndWarnings() {
        Configuration configuration = new ConfigurationLoader(Folder.ENVIRONMENT).load(Reference.EXAMPLE);

        assertThat(configuration.app().name()).isEqualTo(new AppName("journal"));
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void everyKeyThatTheLoaderKnowsIsInTheReference() throws IOException {
        String text = Files.readString(Reference.FILE);
        Set<String> known = new TreeSet<>(new ConfigurationLoader(Folder.ENVIRONMENT)
                .load(Reference.FILE, text, new Problems())
                .knownKeys());
        // In a reference of their own: not every region's servers are reached from another machine.
        known.removeIf(key -> key.startsWith("traffic.machines"));
        YamlNode tree = new YamlFile("meridian.yml", new Problems()).parse(text).orElseThrow();

        assertThat(keys(tree, "", false)).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void everyKeyOfCloudflareIsInItsReference() throws IOException {
        ConfigurationLoader loader = new ConfigurationLoader(Folder.ENVIRONMENT);
        String text = Files.readString(Reference.CLOUDFLARE);
        var known = new TreeSet<>(
                loader.load(Reference.CLOUDFLARE, text, new Problems()).knownKeys());
        known.removeIf(key -> !key.startsWith("traffic.") || key.startsWith("traffic.machines"));
        YamlNode tree =
                new YamlFile("cloudflare.yml", new Problems()).parse(text).orElseThrow();
        Set<String> written = keys(tree, "", false);
        written.removeIf(key -> !key.startsWith("traffic."));

        Configuration configuration = loader.load(Reference.CLOUDFLARE);

        assertThat(configuration.warnings()).isEmpty();
        assertThat(written).containsExactlyInAnyOrderElementsOf(known);
        CloudflareSettings read = configuration.app().traffic().cloudflare().orElseThrow();
        CloudflareSettings usual = new CloudflareSettings("journal.example.com");
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("zone", "account")
                .as("what it calls a default is the default")
                .isEqualTo(usual);
    }

    @Test
    void everyKeyOfAnEdgeOnMachinesIsInItsReference() throws IOException {
        ConfigurationLoader loader = new ConfigurationLoader(Folder.ENVIRONMENT);
        String text = Files.readString(Reference.EDGE_MACHINES);
        var known = new TreeSet<>(
                loader.load(Reference.EDGE_MACHINES, text, new Problems()).knownKeys());
        known.removeIf(key -> !key.startsWith("traffic.machines") && !key.equals("traffic.trusted_proxies"));
        YamlNode tree =
                new YamlFile("edge-machines.yml", new Problems()).parse(text).orElseThrow();

        assertThat(keys(tree, "", false)).containsAll(known).contains("traffic.machines[].address");
        Configuration configuration = loader.load(Reference.EDGE_MACHINES);
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.app().traffic().layer())
                .isEqualTo(new TrafficLayer.Machines(
                        List.of(
                                new TrafficLayer.Machine(SshAddress.parse("ops@edge-1.example.com"), Optional.empty()),
                                new TrafficLayer.Machine(SshAddress.parse("ops@10.0.0.3"), Optional.of("203.0.113.3"))),
                        80,
                        Optional.of(new Proxies(80, List.of()))));
        assertThat(loader.load(Reference.EDGE_MACHINES, text.replace("  port: 80\n", ""), new Problems())
                        .configuration()
                        .app()
                        .traffic())
                .isEqualTo(configuration.app().traffic());
    }

    @Test
    void theReferenceOfDnsAloneLoadsAndWhatItCallsADefaultIsTheDefault() throws IOException {
        ConfigurationLoader loader = new ConfigurationLoader(Folder.ENVIRONMENT);
        String text = Files.readString(Reference.DNS);

        Configuration configuration = loader.load(Reference.DNS);

        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.app().traffic().layer())
                .isEqualTo(new TrafficLayer.Dns(
                        "journal.example.com",
                        new Proxies(80, List.of()),
                        Optional.of(new DnsRecordSettings(
                                Optional.empty(), Duration.ofMinutes(1), CloudflareSettings.API))));
        assertThat(configuration.app().serve().health().host()).contains("journal.example.com");
        assertThat(loader.load(Reference.DNS, text.replace("  port: 80\n", ""), new Problems())
                        .configuration()
                        .app()
                        .traffic())
                .isEqualTo(configuration.app().traffic());
    }

    @Test
    void whatTheReferenceCallsADefaultIsTheDefault() throws IOException {
        String written = Files.readString(Reference.FILE);
        String bare = written.replaceAll(
                        "(?m)^  (watch|drain|keep_previous|on_failure|driver|port|path|timeout): .*$", "")
                .replaceAll("(?m)^    (interval|timeout|rise): .*$", "")
                .replaceAll("(?m)^    within: (90s|1h)$", "")
                .replaceAll("(?m)^    (weights|soak|soak_at_most|max_error_rate|min_requests|too_few): .*$", "")
                .replace("service: web", "service: web\n  port: 3000");
        assertThat(bare).isNotEqualTo(written);

        App app = new ConfigurationLoader(Folder.ENVIRONMENT)
                .load(Reference.FILE, bare, new Problems())
                .configuration()
                .app();
        App reference =
                new ConfigurationLoader(Folder.ENVIRONMENT).load(Reference.FILE).app();

        assertThat(app.rollout()).isEqualTo(reference.rollout());
        assertThat(app.traffic()).isEqualTo(reference.traffic());
        assertThat(app.probe()).isEqualTo(reference.probe());
        assertThat(app.serve()).isEqualTo(reference.serve());
    }

    @Test
    void thePageOfHooksHasEveryPointAndTheReferenceToo() throws IOException {
        String page = Files.readString(Reference.HOOKS);
        List<Hook> hooks = new ConfigurationLoader(Folder.ENVIRONMENT)
                .load(Reference.FILE)
                .app()
                .hooks();

        for (HookPoint point : HookPoint.values()) {
            assertThat(page).contains("| `" + point.key() + "` |");
            assertThat(hooks).anyMatch(hook -> hook.at() == point);
        }
    }

    private static Set<String> keys(YamlNode node, String path, boolean free) {
        Set<String> keys = new TreeSet<>();
        if (node instanceof Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                String name = free ? "<name>" : entry.key().text();
                String key = path.isEmpty() ? name : path + "." + name;
                keys.add(key);
                keys.addAll(keys(entry.value(), key, NAMED_BY_THE_TEAM.contains(name)));
            }
        }
        if (node instanceof Sequence sequence) {
            sequence.items().forEach(item -> keys.addAll(keys(item, path + "[]", false)));
        }
        return keys;
    }
}
