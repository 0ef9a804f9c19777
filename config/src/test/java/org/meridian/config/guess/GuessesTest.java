package org.meridian.config.guess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.ComposeReader;
import org.meridian.config.document.Problems;

/** Files such as well-known apps have, written for this test. */
final class GuessesTest {
    private static final String GHOST = """
            services:
              db: { image: "mysql:8.0", volumes: ["db:/var/lib/mysql"] }
              ghost:
                image: ghost:5-alpine
                ports: ["8080:2368"]
                depends_on: [db]
                environment: { url: "http://localhost:8080", database__connection__host: db }
            volumes: { db: {} }
            """;
    private static final String MASTODON = """
            services:
              db: { image: "postgres:14-alpine", healthcheck: { test: [CMD, pg_isready, -U, postgres] } }
              redis: { image: "redis:7-alpine", healthcheck: { test: [CMD, redis-cli, ping] } }
              web:
                image: ghcr.io/mastodon/mastodon:v4.3.1
                env_file: .env.production
                command: bundle exec puma -C config/puma.rb
                healthcheck: { test: [CMD-SHELL, "curl -s --noproxy localhost localhost:3000/health | grep -q OK"] }
                ports: ["127.0.0.1:3000:3000"]
                depends_on: [db, redis]
              streaming:
                image: ghcr.io/mastodon/mastodon-streaming:v4.3.1
                command: node ./streaming/index.js
                healthcheck: { test: [CMD-SHELL, "curl -s localhost:4000/api/v1/streaming/health"] }
                ports: ["127.0.0.1:4000:4000"]
                depends_on: [db, redis]
              sidekiq: { image: "ghcr.io/mastodon/mastodon:v4.3.1", command: bundle exec sidekiq }
            """;
    private static final String NEXTCLOUD_FPM = """
            services:
              db: { image: mariadb:10.11 }
              app: { image: "nextcloud:fpm-alpine", volumes: ["files:/var/www/html"], depends_on: [db] }
              web:
                image: nginx:alpine
                ports: ["8080:80"]
                volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]
                depends_on: [app]
            """;
    private static final String IMMICH = """
            services:
              immich-server:
                image: ghcr.io/immich-app/immich-server:${IMMICH_VERSION:-release}
                ports: ["2283:2283"]
                depends_on: [redis, database]
              immich-machine-learning: { image: "ghcr.io/immich-app/immich-machine-learning:release" }
              redis: { image: "docker.io/valkey/valkey:8", healthcheck: { test: redis-cli ping || exit 1 } }
              database: { image: "ghcr.io/immich-app/postgres:14", environment: { POSTGRES_PASSWORD: "${DB_PASSWORD}" } }
            """;
    private static final String DIRECTUS = """
            services:
              database: { image: "postgis/postgis:13-master" }
              cache: { image: "redis:6" }
              directus: { image: "directus/directus:11", ports: ["8055:8055"], depends_on: [database, cache] }
            """;
    private static final String STRAPI = """
            services:
              strapi:
                build: .
                image: registry.example.com/strapi:1.4
                ports: ["1337:1337"]
              strapiDB: { image: "postgres:16", ports: ["5432:5432"] }
              strapiAdminer: { image: adminer, ports: ["9090:8080"] }
            """;
    private static final String RAILS = """
            services:
              postgres: { image: "postgres:17" }
              redis: { image: "redis:7" }
              sidekiq: { build: ., command: bundle exec sidekiq, environment: { RAILS_MASTER_KEY: "${RAILS_MASTER_KEY}" } }
              rails:
                build: .
                command: bin/rails server -b 0.0.0.0 -p 3000
                environment: { RAILS_MASTER_KEY: "${RAILS_MASTER_KEY}" }
                depends_on: [postgres, redis]
            """;
    private static final String DJANGO_CELERY = """
            x-app: &app { build: ., depends_on: [db, broker] }
            services:
              flower: { <<: *app, command: celery -A shop flower, ports: ["5555:5555"] }
              beat: { <<: *app, command: celery -A shop beat }
              celery: { <<: *app, command: celery -A shop worker }
              web:
                <<: *app
                command: sh -c "python manage.py migrate && gunicorn shop.wsgi --bind 0.0.0.0:8000"
                ports: ["8000"]
              db: { image: "postgres:16" }
              broker: { image: "rabbitmq:3-management", ports: ["15672:15672"] }
            """;
    private static final String SAIL = """
            services:
              laravel.test:
                build: { context: ./docker/8.3 }
                image: sail-8.3/app
                ports: ["${APP_PORT:-80}:80", "${VITE_PORT:-5173}:${VITE_PORT:-5173}"]
                environment: { LARAVEL_SAIL: 1 }
                depends_on: [mysql]
              mysql: { image: "mysql/mysql-server:8.0", ports: ["${FORWARD_DB_PORT:-3306}:3306"] }
              mailpit: { image: "axllent/mailpit", ports: ["1025:1025", "8025:8025"] }
            """;
    private static final String SPRING = """
            services:
              mysql: { image: "mysql:9", ports: ["3306:3306"] }
              clinic:
                image: registry.example.com/clinic@sha256:%s
                environment: [ "SPRING_DATASOURCE_URL=jdbc:mysql://mysql/clinic" ]
                expose: [ 8080 ]
            """.formatted("0123456789abcdef".repeat(4));
    private static final String ROCKET_CHAT = """
            services:
              rocketchat:
                image: registry.rocket.chat/rocketchat/rocket.chat:${RELEASE:-latest}
                labels:
                  traefik.enable: "true"
                  traefik.http.routers.rocketchat.rule: Host(`${DOMAIN:-}`)
                environment: { PORT: "${PORT:-3000}", MONGO_URL: "mongodb://mongodb:27017/rocketchat" }
                expose: ["${PORT:-3000}"]
                ports: ["${BIND_IP:-0.0.0.0}:${HOST_PORT:-3000}:${PORT:-3000}"]
              mongodb: { image: "docker.io/bitnami/mongodb:6.0" }
            """;
    private static final String OUTLINE_BEHIND_CADDY = """
            services:
              caddy:
                image: caddy:2
                ports: ["80:80", "443:443"]
                volumes: ["./Caddyfile:/etc/caddy/Caddyfile"]
              outline: { image: "docker.getoutline.com/outlinewiki/outline:0.80.2", expose: ["3000"], env_file: docker.env }
              redis: { image: redis }
              postgres: { image: postgres }
            """;
    private static final String PENPOT = """
            services:
              penpot-frontend: { image: "penpotapp/frontend:2.4", ports: ["9001:8080"], depends_on: [penpot-backend, penpot-exporter] }
              penpot-backend: { image: "penpotapp/backend:2.4", depends_on: [penpot-postgres] }
              penpot-exporter: { image: "penpotapp/exporter:2.4" }
              penpot-postgres: { image: "postgres:15" }
              penpot-mailcatch: { image: "sj26/mailcatcher:latest", ports: ["1080:1080"] }
            """;
    private static final String SEPARATE_API = """
            services:
              api: { build: ./api, ports: ["4000:4000"], depends_on: [mongo], healthcheck: { test: "wget -qO- http://localhost:4000/healthz" } }
              web: { build: ./web, ports: ["3000:3000", "9229:9229"], environment: { API_URL: "http://api:4000" }, depends_on: [api] }
              mongo: { image: mongo }
              mongo-express: { image: mongo-express, ports: ["8081:8081"] }
            """;
    private static final String PHP_BUILT_NGINX = """
            services:
              php: { build: ./php, volumes: [".:/srv"] }
              nginx: { build: ./docker/nginx, ports: ["8000:80"], depends_on: [php] }
              db: { image: "mysql:5.7", ports: ["3306:3306"] }
            """;
    private static final String TRAEFIK_ONE_PATH = """
            services:
              traefik:
                image: traefik:v3
                command: [ "--providers.docker" ]
                ports: [ "80:80" ]
                volumes: [ "/var/run/docker.sock:/var/run/docker.sock:ro" ]
              api:
                image: registry.example.com/api:7
                labels: [ "traefik.http.routers.api.rule=PathPrefix(`/api`)", "traefik.http.services.api.loadbalancer.server.port=8000" ]
              site:
                image: registry.example.com/site:7
                labels: [ "traefik.http.routers.site.rule=PathPrefix(`/`)", "traefik.http.services.site.loadbalancer.server.port=8080" ]
            """;
    private static final String DATABASE_ON_A_PLAIN_IMAGE = """
            services:
              docstore: { image: "debian:bookworm-slim", ports: ["127.0.0.1:27017:27017"] }
              board: { image: "registry.example.com/board:4.2", ports: ["80:8080"] }
            """;
    private static final String NAMED_BY_ANOTHER = """
            services:
              db: { image: postgres }
              cron: { image: alpine, command: "sh -c 'while true; do wget -qO- http://shop:7000/cron; done'" }
              shop: { image: "registry.example.com/shop:2" }
            """;

    private static final String GATEWAY = """
            services:
              config-server: { image: "example/config-server", ports: ["8888:8888"] }
              customers-service: { image: "example/customers", ports: ["8081:8081"], depends_on: [config-server] }
              api-gateway: { image: "example/api-gateway:3", ports: ["8080:8080"], depends_on: [config-server] }
              tracing-server: { image: openzipkin/zipkin, ports: ["9411:9411"] }
              grafana-server: { build: ./grafana, ports: ["3030:3030"] }
              prometheus-server: { build: ./prometheus, ports: ["9091:9090"] }
            """;
    private static final String NAMED_LIKE_A_DATABASE = """
            services:
              redis-demo: { build: ., ports: ["5000:5000"], depends_on: [redis] }
              redis: { image: "redis:7" }
            """;
    private static final String VIDEO = """
            services:
              webserver: { image: "example/tube-webserver", ports: ["80:80", "443:443"] }
              tube: { image: "example/tube:6", ports: ["1935:1935"], depends_on: [redis] }
              redis: { image: "redis:6" }
            """;
    private static final String API_HOST = """
            services:
              backend:
                image: example/backend:1
                healthcheck: { test: [CMD, curl, -f, "http://localhost:8000/api/v1/health/"] }
                deploy: { labels: [ "traefik.http.routers.b.rule=Host(`api.${DOMAIN?Variable not set}`)",
                                    "traefik.http.services.b.loadbalancer.server.port=8000" ] }
              frontend:
                image: example/frontend:1
                labels: [ "traefik.http.routers.f.rule=Host(`dashboard.${DOMAIN?Variable not set}`)",
                          "traefik.http.services.f.loadbalancer.server.port=80" ]
            """;

    private static final String SUPABASE = """
            services:
              studio: { image: "supabase/studio:2026.02", depends_on: [analytics] }
              kong: { image: "kong:2.8", ports: ["8000:8000"], volumes: ["./kong.yml:/home/kong/temp.yml:ro"] }
              realtime: { image: "supabase/realtime:2", healthcheck: { test: "curl http://localhost:4000/api/health" } }
              analytics: { image: "supabase/logflare:1" }
              supavisor:
                image: supabase/supavisor:2
                ports: ["${POSTGRES_PORT}:5432", "${POOLER_PORT}:6543"]
                environment: { PORT: 4000 }
              db: { image: "supabase/postgres:15" }
            """;
    private static final String ASPNET_URLS = """
            services: { web: { image: "example/shop:1", environment: ["ASPNETCORE_URLS=https://+:8443;http://+:8081"] } }
            """;
    private static final String ASPNET_PORTS = """
            services: { web: { image: "example/shop:1", environment: { ASPNETCORE_HTTP_PORTS: "8082;8083" } } }
            """;
    private static final String SOCKET_WITH_REQUEST = """
            services:
              web:
                image: example/shop:1
                healthcheck:
                  test: ["CMD", "bash", "-c", 'exec 3<>/dev/tcp/127.0.0.1/9000 && echo -e "GET /_fit/ HTTP/1.1\\r\\n" >&3 && grep ok <&3']
            """;
    private static final String SOCKET = """
            services: { web: { image: "example/shop:1", healthcheck: { test: "bash -c '</dev/tcp/localhost/9001'" } } }
            """;

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("Supabase", SUPABASE, "kong 8000 / supabase/studio:2026.02"),
                arguments("the addresses of ASP.NET Core", ASPNET_URLS, "web 8081 / example/shop:1"),
                arguments("the ports of ASP.NET Core", ASPNET_PORTS, "web 8082 / example/shop:1"),
                arguments("a check by Bash's own connection", SOCKET_WITH_REQUEST, "web 9000 /_fit/ example/shop:1"),
                arguments("a check that only connects", SOCKET, "web 9001 / example/shop:1"),
                arguments("Ghost", GHOST, "ghost 2368 / ghost:5-alpine"),
                arguments("Mastodon", MASTODON, "web 3000 /health ghcr.io/mastodon/mastodon:v4.3.1"),
                arguments("Nextcloud with FastCGI", NEXTCLOUD_FPM, "web 80 /status.php nextcloud:fpm-alpine"),
                arguments(
                        "Immich",
                        IMMICH,
                        "immich-server 2283 /api/server/ping ghcr.io/immich-app/immich-server:release"),
                arguments("Directus", DIRECTUS, "directus 8055 /server/health directus/directus:11"),
                arguments("Strapi", STRAPI, "strapi 1337 /_health registry.example.com/strapi:1.4"),
                arguments("Rails and Sidekiq", RAILS, "rails 3000 /up some-app"),
                arguments("Django and Celery", DJANGO_CELERY, "web 8000 / some-app"),
                arguments("Laravel Sail", SAIL, "laravel.test 80 /up sail-8.3/app"),
                arguments(
                        "Spring",
                        SPRING,
                        "clinic 8080 /actuator/health registry.example.com/clinic@sha256:"
                                + "0123456789abcdef".repeat(4)),
                arguments(
                        "Rocket.Chat",
                        ROCKET_CHAT,
                        "rocketchat 3000 /livez registry.rocket.chat/rocketchat/rocket.chat:latest"),
                arguments(
                        "Outline behind Caddy",
                        OUTLINE_BEHIND_CADDY,
                        "outline 3000 /_health docker.getoutline.com/outlinewiki/outline:0.80.2"),
                arguments("Penpot", PENPOT, "penpot-frontend 8080 / penpotapp/frontend:2.4"),
                arguments("site and API", SEPARATE_API, "web 3000 / some-app"),
                arguments("PHP behind its own nginx", PHP_BUILT_NGINX, "nginx 80 / some-app"),
                arguments("a site and a path of it", TRAEFIK_ONE_PATH, "site 8080 / registry.example.com/site:7"),
                arguments("a gateway before services", GATEWAY, "api-gateway 8080 / example/api-gateway:3"),
                arguments("an app named after its database", NAMED_LIKE_A_DATABASE, "redis-demo 5000 / some-app"),
                arguments("a port for video", VIDEO, "webserver 80 / example/tube-webserver"),
                arguments("a host's name for the API", API_HOST, "frontend 80 / example/frontend:1"),
                arguments(
                        "a database's port", DATABASE_ON_A_PLAIN_IMAGE, "board 8080 / registry.example.com/board:4.2"),
                arguments("a port that another names", NAMED_BY_ANOTHER, "shop 7000 / registry.example.com/shop:2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void the_app_is_found_and_its_tag_is_kept(String what, String compose, String right) {
        Guesses guesses = guess(compose);

        assertThat(guesses.service().value() + " " + guesses.port().value() + " "
                        + guesses.health().value() + " " + guesses.image().value())
                .isEqualTo(right);
        assertThat(List.of(guesses.service(), guesses.port(), guesses.health(), guesses.image()))
                .allSatisfy(guess -> assertThat(guess.because()).isNotBlank());
    }

    @Test
    void a_check_whose_port_is_a_variable_of_the_container_tells_the_path_and_frankenphp_alone_is_no_laravel() {
        String service =
                "services: { web: { image: 'a:1', ports: ['80:80'], build: { target: frankenphp_prod }%s } }\n";

        assertThat(guess(service.formatted("")).health().value()).isEqualTo("/");
        assertThat(guess(service.formatted(", healthcheck: { test: 'wget -qO- http://127.0.0.1:$${PORT}/fit' }"))
                        .health()
                        .value())
                .isEqualTo("/fit");
    }

    @Test
    void an_app_with_the_network_of_a_vpn_is_the_app_and_is_reached_at_the_ports_of_the_vpn() {
        Guesses guesses = guess("""
                services:
                  tunnel: { image: example/tunnel, ports: ["8888:8888", "9000:9000"] }
                  shelf:
                    image: example/shelf:3
                    network_mode: service:tunnel
                    healthcheck: { test: "curl http://localhost:9000/fit" }
                  books: { image: "example/books:2" }
                """);

        assertThat(guesses.service().value() + " " + guesses.port().value() + " "
                        + guesses.health().value() + " " + guesses.image().value())
                .isEqualTo("tunnel 9000 /fit example/shelf:3");
    }

    @Test
    void behind_a_proxy_the_image_of_a_release_is_that_of_what_the_proxy_waits_for() {
        Guesses guesses = guess("""
                services:
                  index-api: { image: "example/index:1" }
                  attic-cleanup: { image: "example/attic-cleanup:1" }
                  pooler: { image: "example/pooler:1", ports: ["5432:5432", "6543:6543"] }
                  shop: { image: "example/shop:5", command: [run, shop] }
                  nginx:
                    image: nginx
                    ports: ["80:80"]
                    volumes: ["./nginx:/etc/nginx"]
                    depends_on: [shop]
                """);

        assertThat(guesses.service().value()).isEqualTo("nginx");
        assertThat(guesses.image().value()).isEqualTo("example/shop:5");
    }

    @Test
    void where_there_are_databases_alone_none_of_them_is_served() {
        Guesses guesses = guess("""
                services:
                  web: { image: "mysql:9", ports: ["3306:3306"] }
                  postgres: { image: "postgres:18", ports: ["5432:5432"] }
                  mail: { image: mailhog/mailhog, ports: ["8025:8025"] }
                """);

        assertThat(guesses.service().known()).isFalse();
        assertThat(guesses.service().value()).isEqualTo("app");
    }

    @Test
    void a_check_of_another_port_or_of_another_service_tells_no_path() {
        Guesses guesses = guess("""
                services:
                  web:
                    image: a:1
                    ports: ["8000:8000"]
                    healthcheck: { test: "curl http://localhost:9100/metrics && curl http://other/healthy" }
                """);

        assertThat(guesses.health().value()).isEqualTo("/");
        assertThat(guesses.health().known()).isFalse();
    }

    @Test
    void what_has_the_wrong_form_is_no_evidence_and_no_failure() {
        Guesses guesses = guess("""
                services:
                  web: { image: [a], ports: x, healthcheck: y, environment: [[1], { a: b }], labels: 3, depends_on: { a: 1 },
                         volumes: [[], { source: {} }], command: { a: b }, build: [], entrypoint: 1, expose: { a: 2 } }
                  "": { image: "///", healthcheck: { test: { a: b } } }
                  "8080": {}
                """);

        assertThat(guesses.service().value()).isEqualTo("web");
    }

    @ParameterizedTest
    @CsvSource({
        "bundle exec puma -C config/puma.rb,bin/rails db:migrate",
        "gunicorn shop.wsgi:application,python manage.py migrate --noinput",
        "php artisan octane:start,php artisan migrate --force",
        "node server.js,",
    })
    void the_command_for_migrations_is_proposed_where_the_framework_can_be_told(String command, String migration) {
        Guesses guesses =
                guess("services: { web: { build: ., command: \"" + command + "\", ports: ['3000:3000'] } }\n");

        assertThat(guesses.migration().map(Guess::value)).isEqualTo(Optional.ofNullable(migration));
    }

    private static Guesses guess(String compose) {
        ComposeDocument document =
                new ComposeReader(new Problems()).read("compose.yaml", compose).orElseThrow();
        return Guesses.of(document.services(), document.inactive(), "some-app");
    }
}
