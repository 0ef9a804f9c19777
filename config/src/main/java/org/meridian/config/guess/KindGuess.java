package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.meridian.config.compose.ComposePort;

/** Tells what part a service plays: by its image, its health check, its ports, its command and its name. */
final class KindGuess {
    private static final Set<String> BACKING_IMAGES = words("""
            adminer aerospike alertmanager alpine-chrome arangodb autoheal azurite beanstalkd browserless cadvisor cassandra
            certbot chrome chroma chromium clamav clickhouse cloudflared cockroach collabora consul couchbase couchdb
            dragonfly dragonflydb dynamodb elasticmq elasticsearch emqx etcd eventstore exim fakes3 faktory fluentd
            fluent-bit gotenberg imaginary imgproxy influxdb jaeger kafka kafdrop keydb ldap localstack loki mailcatcher
            mailcrab maildev mailhog mailpit manticore manticoresearch mariadb meilisearch memcached milvus minio mongo
            mongodb mosquitto mssql mysql nats neo4j ollama openldap opensearch opentelemetry oracle otel percona pgadmin
            pgadmin4 pgbouncer pgvector phpmyadmin portainer postfix postgis postgres postgresql prometheus
            promtail pulsar qdrant
            questdb rabbitmq redis redisinsight redismod redpanda rethinkdb riak schema-registry scylla scylladb selenium
            seaweedfs smtp solr sonic spilo sqlserver statsd surrealdb tempo temporal tika timescaledb timescaledb-ha typesense
            unbound valkey vault vector victoriametrics watchtower weaviate zipkin zookeeper acme-companion docker-gen
            wireguard tailscale machine-learning""");
    private static final Set<String> BACKING_NAMES = words("""
            broker cache clickhouse database db elastic elasticsearch etcd influxdb kafka ldap mail mailhog mailpit mariadb
            memcache memcached meilisearch minio mongo mongodb mq mysql nats opensearch pg pgbouncer postgres postgresql
            rabbitmq redis s3 selenium smtp solr typesense valkey vault zookeeper""");
    /** In a name, they say enough; an app may well be called {@code redis-demo}, and hardly {@code jaeger-demo}. */
    private static final Set<String> ASIDE_NAMES =
            words("adminer alertmanager jaeger loki mailhog mailpit pgadmin phpmyadmin prometheus promtail zipkin");

    private static final Set<String> PROXY_IMAGES = words("""
            apisix caddy caddy-docker-proxy envoy haproxy https-portal kong nginx nginx-proxy nginx-proxy-manager
            nginx-unprivileged openresty swag traefik varnish""");
    private static final Set<String> PROXY_NAMES =
            words("caddy envoy gateway haproxy ingress kong lb loadbalancer nginx proxy traefik");
    private static final Set<String> TOOL_IMAGES = words("""
            cerebro dozzle flower grafana grafana-oss kibana netdata opensearch-dashboards""");
    private static final Set<String> TASK_NAMES = words("""
            assets backup beat celery cleanup consumer cron crond cypress e2e esbuild init job jobs migrate migration migrations
            migrator queue runner scheduler seed seeder setup sidekiq test tests webpack worker workers""");
    private static final Set<String> BARE_IMAGES = words("alpine bash busybox curl debian ubuntu");

    /** Ports of databases, queues and mail, which speak no HTTP or are for nobody outside (IANA's registry). */
    private static final Set<Integer> BACKING_PORTS = Set.of(
            25, 110, 143, 389, 465, 587, 636, 993, 1025, 1433, 1521, 1883, 2181, 2379, 3306, 4222, 5432, 5433, 5672,
            5984, 6379, 6380, 6432, 6543, 7687, 8025, 8086, 8123, 9042, 9092, 9200, 9300, 11211, 26257, 27017, 27018,
            28015);

    private static final Pattern BACKING_CHECK = Pattern.compile("pg_isready|mysqladmin|mariadb-admin|healthcheck\\.sh"
            + "|redis-cli|valkey-cli|mongosh?\\b|rabbitmq-diagnostics|cqlsh|nodetool|kafka-topics|clickhouse-client");
    private static final Pattern SERVER = Pattern.compile("gunicorn|uvicorn|hypercorn|daphne|puma|unicorn|passenger"
            + "|rails s(erver)?\\b|thrust|runserver|flask run|artisan serve|octane|next start|http\\.server|php-fpm");
    private static final Pattern WORKER = Pattern.compile("sidekiq|\\bcelery\\b|queue:(work|listen)|horizon\\b"
            + "|schedule:(run|work)|resque|delayed_job|good_job|solid_queue|bin/jobs|\\brq worker|dramatiq|\\bworker\\b"
            + "|crond?\\b|supercronic|sleep infinity|tail -[fF] /dev/null|/bin/true");
    private static final Pattern ONCE = Pattern.compile("\\b(migrate|seed|setup|chown|watch)\\b");

    private final List<ServiceFacts> all;

    KindGuess(List<ServiceFacts> all) {
        this.all = requireNonNull(all, "all is null");
    }

    Kind of(ServiceFacts service) {
        if (backing(service)) {
            return Kind.BACKING;
        }
        if (task(service)) {
            return Kind.TASK;
        }
        if (imageIs(service, PROXY_IMAGES) || (ownImage(service) && named(service, PROXY_NAMES))) {
            return Kind.PROXY;
        }
        boolean tool = imageIs(service, TOOL_IMAGES) || (ownImage(service) && hasWord(service, TOOL_IMAGES));
        return tool ? Kind.TOOL : Kind.APP;
    }

    private static boolean backing(ServiceFacts service) {
        String last = service.path().getLast();
        return (!knownApp(service) && imageIs(service, BACKING_IMAGES))
                || last.endsWith("-exporter")
                || BACKING_CHECK.matcher(service.healthTest()).find()
                || (!knownApp(service) && named(service, BACKING_NAMES))
                || (ownImage(service) && hasWord(service, ASIDE_NAMES))
                || onlyBackingPorts(service);
    }

    /** The image is one of these, or a kind of it, such as {@code clickhouse-server}. */
    private static boolean imageIs(ServiceFacts service, Set<String> names) {
        String last = service.path().getLast();
        return names.contains(last) || (!service.built() && names.contains(last.split("[-_]", 2)[0]));
    }

    private static boolean knownApp(ServiceFacts service) {
        return KnownImage.of(service).isPresent();
    }

    /** The last word says what a thing is: {@code plane-db} is a database, {@code db-admin} is none. */
    private static boolean named(ServiceFacts service, Set<String> names) {
        return service.words().stream()
                .filter(word -> !word.isEmpty())
                .reduce((first, last) -> last)
                .filter(names::contains)
                .isPresent();
    }

    /** What is built on a well-known image is often named after it: {@code prometheus-server}. */
    private static boolean hasWord(ServiceFacts service, Set<String> names) {
        return service.words().stream().anyMatch(names::contains);
    }

    private static boolean onlyBackingPorts(ServiceFacts service) {
        return !service.ports().isEmpty()
                && service.ports().stream().map(ComposePort::container).allMatch(BACKING_PORTS::contains);
    }

    /** Whether the image is the team's own, so that only the name tells what it is. */
    private static boolean ownImage(ServiceFacts service) {
        return service.built() || service.image().isEmpty();
    }

    private boolean task(ServiceFacts service) {
        boolean awaited =
                all.stream().anyMatch(other -> other.dependenciesThatEnd().contains(service.name()));
        String command = service.command();
        if (awaited) {
            return true;
        }
        if (SERVER.matcher(command).find()) {
            return false;
        }
        return WORKER.matcher(command).find()
                || (service.ports().isEmpty() && (endsSoon(service, command) || namedTask(service)));
    }

    private static boolean endsSoon(ServiceFacts service, String command) {
        return imageIs(service, BARE_IMAGES) || (ONCE.matcher(command).find() && !command.contains("&&"));
    }

    private static boolean namedTask(ServiceFacts service) {
        return hasWord(service, TASK_NAMES);
    }

    private static Set<String> words(String text) {
        return Pattern.compile("\\s+").splitAsStream(text.strip()).collect(Collectors.toUnmodifiableSet());
    }
}
