package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One immutable version of the app: its images by digest and the configuration that it ran with.
 *
 * @param id        its number
 * @param revision  a fingerprint of everything else in it, 12 hexadecimal digits; equal content has an equal one
 * @param createdAt when it was made
 * @param label     how people know it: the image as it was asked for, such as {@code journal:v2}
 * @param content   what it consists of
 */
public record Release(ReleaseId id, String revision, Instant createdAt, String label, Content content) {
    /** Checks that no part is null. */
    public Release {
        requireNonNull(id, "id is null");
        requireNonNull(revision, "revision is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(label, "label is null");
        requireNonNull(content, "content is null");
    }

    /**
     * What a release consists of; all that is needed to deploy it again later.
     *
     * @param compose        the Compose file's text
     * @param beside         what goes to the servers with it, without what may hold secrets
     * @param images         every service's image by digest
     * @param appServices    the services that run the app's own image and get its environment
     * @param serve          the container that answers requests
     * @param beforeShift    the command before any traffic moves; empty for none
     * @param env            each region's plain environment
     * @param secretVersions each region's secret references with the version used, such as {@code env-file:x@ab12}
     * @param releaseCommand the command before any of its containers start; empty for none
     * @param duties         what it does beside answering requests; empty where an earlier Meridian made it, which knew of none
     * @param kept           the services that it finds on its machines and that outlive it; empty where there are none
     * @param servers        how many servers each region had when the release was made; told, and never acted on: how many
     *                       there are to be is today's configuration's to say
     */
    public record Content(
            String compose,
            BesideFiles beside,
            Map<String, ImageReference> images,
            List<String> appServices,
            Serve serve,
            Optional<List<String>> beforeShift,
            Map<RegionName, Map<String, String>> env,
            Map<RegionName, List<String>> secretVersions,
            Map<RegionName, Integer> servers,
            Optional<List<String>> releaseCommand,
            Optional<Duties> duties,
            Optional<Kept> kept) {
        /** Copies the collections. */
        public Content {
            requireNonNull(compose, "compose is null");
            requireNonNull(beside, "beside is null");
            images = Map.copyOf(images);
            appServices = List.copyOf(appServices);
            requireNonNull(serve, "serve is null");
            beforeShift = beforeShift.map(List::copyOf);
            env = Map.copyOf(env);
            secretVersions = Map.copyOf(secretVersions);
            servers = Map.copyOf(servers);
            releaseCommand = releaseCommand.map(List::copyOf);
            requireNonNull(duties, "duties is null");
            requireNonNull(kept, "kept is null");
        }

        /** What a release consists of that finds nothing on its machines. */
        public Content(
                String compose,
                BesideFiles beside,
                Map<String, ImageReference> images,
                List<String> appServices,
                Serve serve,
                Optional<List<String>> beforeShift,
                Map<RegionName, Map<String, String>> env,
                Map<RegionName, List<String>> secretVersions,
                Map<RegionName, Integer> servers,
                Optional<List<String>> releaseCommand,
                Optional<Duties> duties) {
            this(
                    compose,
                    beside,
                    images,
                    appServices,
                    serve,
                    beforeShift,
                    env,
                    secretVersions,
                    servers,
                    releaseCommand,
                    duties,
                    Optional.empty());
        }

        /** What a release consists of that only answers requests. */
        public Content(
                String compose,
                BesideFiles beside,
                Map<String, ImageReference> images,
                List<String> appServices,
                Serve serve,
                Optional<List<String>> beforeShift,
                Map<RegionName, Map<String, String>> env,
                Map<RegionName, List<String>> secretVersions,
                Map<RegionName, Integer> servers) {
            this(
                    compose,
                    beside,
                    images,
                    appServices,
                    serve,
                    beforeShift,
                    env,
                    secretVersions,
                    servers,
                    Optional.empty(),
                    Optional.empty());
        }

        /** The same with each image under the name that it is pulled by. */
        public Content pulling(UnaryOperator<ImageReference> name) {
            Map<String, ImageReference> pulled = new HashMap<>();
            images.forEach((service, image) -> pulled.put(service, name.apply(image)));
            return new Content(
                    compose,
                    beside,
                    pulled,
                    appServices,
                    serve,
                    beforeShift,
                    env,
                    secretVersions,
                    servers,
                    releaseCommand,
                    duties,
                    kept);
        }

        /** What outlives it. */
        public Kept outliving() {
            return kept.orElse(Kept.NONE);
        }

        /** The services that take jobs, by name. */
        public Duties work() {
            return duties.orElse(Duties.NONE);
        }

        /** What a release of a Compose file that stands alone consists of. */
        public Content(
                String compose,
                Map<String, ImageReference> images,
                List<String> appServices,
                Serve serve,
                Optional<List<String>> beforeShift,
                Map<RegionName, Map<String, String>> env,
                Map<RegionName, List<String>> secretVersions,
                Map<RegionName, Integer> servers) {
            this(compose, BesideFiles.NONE, images, appServices, serve, beforeShift, env, secretVersions, servers);
        }
    }
}
