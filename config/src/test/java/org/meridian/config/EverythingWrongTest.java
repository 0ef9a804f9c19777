package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EverythingWrongTest {
    @Test
    void allProblemsOfBothFilesAreListedInTheirOrder(@TempDir Path directory) {
        Folder folder = new Folder(directory).write("meridian.yml", """
                        app: Journal!
                        imag: registry.example.com/journal
                        primary: europe
                        regions:
                          eu:
                            provider: locl
                            location: Berlin
                            servers: many
                            env: { MERIDIAN_REGION: eu }
                            secrets: env-file:missing.env
                          us: { location: US }
                        serve: { service: wbe, port: web, helth: { path: up } }
                        before_shift: bin/migrate | tee log
                        rollout: { waves: [[us], [asia]], drain: soon }
                        traffic: { driver: nginx, port: 0 }
                        probe: { rate: fast }
                        colour: blue
                        """).write("compose.yaml", """
                        services:
                          web:
                            image: registry.example.com/journal
                            container_name: web
                            ports: ["3000:web"]
                            volumes: ["./data:/data"]
                            env_file: .env
                        networks:
                          shared: { external: true }
                        """);

        assertThat(folder.lines())
                .containsExactly(
                        "meridian.yml:1:6: app: 'Journal!' is not a name: use lower-case letters, digits and hyphens,"
                                + " start with a letter, at most 30 | Name the app like 'journal'.",
                        "meridian.yml:2:1: there is no key 'imag' | Did you mean 'image'?",
                        "meridian.yml:3:10: primary: there is no region 'europe' | Write one of these regions: eu, us.",
                        "meridian.yml:6:15: regions.eu.provider: 'locl' is not known; known: local, hosts, aws,"
                                + " digitalocean, terraform | Did you mean 'local'?",
                        "meridian.yml:7:15: regions.eu.location: 'Berlin' is not a known place | Write a country's two"
                                + " letters, such as 'location: DE', or a cloud's region, such as eu-central-1.",
                        "meridian.yml:8:14: regions.eu.servers: 'many' is not a whole number | Write a whole number"
                                + " from 1 to 1000, without quotes.",
                        "meridian.yml:9:12: regions.eu.env.MERIDIAN_REGION: names that begin with MERIDIAN_ are set by"
                                + " Meridian itself | Give the variable another name.",
                        "meridian.yml:10:14: regions.eu.secrets: there is no file missing.env | Create it with"
                                + " NAME=value lines, or correct the path; it counts from this file's directory.",
                        "meridian.yml:11:3: regions.us.provider is missing | Write 'provider: local'.",
                        "meridian.yml:12:19: serve.service: there is no service 'wbe' in compose.yaml | Did you mean"
                                + " 'web'?",
                        "meridian.yml:12:30: serve.port: 'web' is not a whole number | Write a whole number from 1 to"
                                + " 65535, without quotes.",
                        "meridian.yml:12:35: there is no key 'helth' in serve | Did you mean 'health'?",
                        "meridian.yml:13:15: before_shift: the command runs without a shell, so '|' would not work |"
                                + " Quote it, or run a shell yourself: [sh, -c, \"…\"].",
                        "meridian.yml:14:19: rollout.waves: no wave has eu | Add it, as in 'waves: [[eu, us]]'.",
                        "meridian.yml:14:27: rollout.waves[2][1]: there is no region 'asia' | Write one of these"
                                + " regions: eu, us.",
                        "meridian.yml:14:42: rollout.drain: 'soon' is not a time span | Write a number and ms, s, m or"
                                + " h, from 0s to 1h, such as 5s.",
                        "meridian.yml:15:20: traffic.driver: 'nginx' is not known; known: haproxy, dns, cloudflare | Write haproxy.",
                        "meridian.yml:15:33: traffic.port: 0 is outside 1 to 65535 | Write a whole number from 1 to"
                                + " 65535, without quotes.",
                        "meridian.yml:16:16: probe.rate: 'fast' is not a rate of 1/s to 100/s | Write requests a second,"
                                + " such as 5/s.",
                        "meridian.yml:17:1: there is no key 'colour' | Remove it; the keys here are app, compose, logs, rollout, secrets,"
                                + " regions, primary, env, image, serve, traffic, before_shift, release_command, services, workers, jobs, console, probe,"
                                + " metrics, hooks, notify, state, terraform, ssh, registry, push.",
                        "compose.yaml:5:13: '3000:web' is not a port | Write \"3000\", \"3000:3000\", or target and"
                                + " published.",
                        "compose.yaml:7:15: services.web: env_file: there is no file '.env' | Create it, or write"
                                + " { path: .env, required: false } and put the variables under env: or secrets: in"
                                + " meridian.yml.",
                        "compose.yaml:9:3: networks.shared is external, and nobody has made it on a new server | Leave"
                                + " 'external' out, so that Compose makes it.");
    }
}
