package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.meridian.core.model.RegionName;

/**
 * What the regions' secrets are called and where they are from; no value is in it.
 *
 * @param regions     each region, in the order of the configuration
 * @param differences the names that are not the same everywhere, sorted
 * @param same        the names that have the same value in every region, sorted
 */
public record SecretsReport(List<InRegion> regions, List<Difference> differences, List<String> same) {
    /** Copies the lists. */
    public SecretsReport {
        regions = List.copyOf(regions);
        differences = List.copyOf(differences);
        same = List.copyOf(same);
    }

    /**
     * A region's secrets.
     *
     * @param region  the region
     * @param sources its sources, of which later ones win
     * @param names   its names, sorted, each with the source that it is from
     * @param missing names that it must have and nothing gives it, sorted
     */
    public record InRegion(RegionName region, List<From> sources, List<Named> names, List<String> missing) {
        /** Copies the lists. */
        public InRegion {
            requireNonNull(region, "region is null");
            sources = List.copyOf(sources);
            names = List.copyOf(names);
            missing = List.copyOf(missing);
        }
    }

    /**
     * A source.
     *
     * @param reference as it stands in the configuration
     * @param version   the version found
     */
    public record From(String reference, String version) {
        /** Checks that no part is null. */
        public From {
            requireNonNull(reference, "reference is null");
            requireNonNull(version, "version is null");
        }
    }

    /**
     * A secret's name.
     *
     * @param name what it is called
     * @param from the source that it is from
     */
    public record Named(String name, From from) {
        /** Checks that no part is null. */
        public Named {
            requireNonNull(name, "name is null");
            requireNonNull(from, "from is null");
        }
    }

    /**
     * A name that is not the same everywhere.
     *
     * @param name    what it is called
     * @param alike   the regions that have it, those with equal values together
     * @param without the regions that do not
     */
    public record Difference(String name, List<List<RegionName>> alike, List<RegionName> without) {
        /** Copies the lists. */
        public Difference {
            requireNonNull(name, "name is null");
            alike = alike.stream().map(List::copyOf).toList();
            without = List.copyOf(without);
        }
    }
}
