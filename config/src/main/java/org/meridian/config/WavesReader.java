package org.meridian.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meridian.config.document.Field;
import org.meridian.core.model.RegionName;

/** Reads the waves: every region in exactly one, the primary alone in the last (invariant I1 of the design). */
final class WavesReader {
    private final RegionsReader regions;
    private final String example;

    WavesReader(RegionsReader regions) {
        this.regions = regions;
        this.example = byDefault().stream()
                .map(wave -> "[" + join(wave) + "]")
                .toList()
                .toString();
    }

    List<List<RegionName>> read(Optional<Field> waves) {
        if (waves.isEmpty()) {
            return byDefault();
        }
        Optional<List<Field>> written = waves.get().items(example).filter(items -> fewEnough(waves.get(), items));
        written.ifPresent(items -> check(waves.get(), items));
        return written.orElse(List.of()).stream()
                .map(wave -> wave.isList() ? known(wave) : List.<RegionName>of())
                .toList();
    }

    private List<List<RegionName>> byDefault() {
        List<RegionName> others = regions.names().stream()
                .filter(name -> !Optional.of(name).equals(regions.primary()))
                .toList();
        List<List<RegionName>> waves = new ArrayList<>();
        if (!others.isEmpty()) {
            waves.add(others);
        }
        regions.primary().ifPresent(primary -> waves.add(List.of(primary)));
        return waves;
    }

    private void check(Field waves, List<Field> items) {
        Set<RegionName> seen = new LinkedHashSet<>();
        for (int i = 0; i < items.size(); i++) {
            checkWave(items.get(i), i == items.size() - 1, seen);
        }
        List<RegionName> missing =
                regions.names().stream().filter(name -> !seen.contains(name)).toList();
        if (!missing.isEmpty()) {
            waves.error(
                    "region-without-wave",
                    "no wave has " + join(missing),
                    "Add " + (missing.size() == 1 ? "it" : "them") + ", as in 'waves: " + example + "'.");
        }
    }

    /** As many as there are names of regions, and some that are wrong. */
    private static boolean fewEnough(Field list, List<Field> items) {
        boolean fits = items.size() <= RegionsReader.MOST;
        if (!fits) {
            list.error("out-of-range", "these are " + items.size() + "; there are fewer regions", "Name each once.");
        }
        return fits;
    }

    private void checkWave(Field wave, boolean last, Set<RegionName> seen) {
        List<Field> items = wave.items("Write the wave in brackets, as in 'waves: " + example + "'.")
                .filter(all -> fewEnough(wave, all))
                .orElse(List.of());
        if (!wave.isList()) {
            wave.text().flatMap(Names::region).ifPresent(seen::add);
        }
        if (wave.isList() && wave.items("").filter(List::isEmpty).isPresent()) {
            wave.error("empty-value", "this wave has no region", "Remove it.");
        }
        for (Field item : items) {
            regions.known(item).ifPresent(region -> {
                if (!seen.add(region)) {
                    item.error("duplicate-value", "'" + region + "' is in a wave already", "Keep it in one place.");
                } else if (Optional.of(region).equals(regions.primary())) {
                    checkPrimary(item, last, items.size() == 1);
                }
            });
        }
    }

    private void checkPrimary(Field item, boolean last, boolean alone) {
        if (!last || !alone) {
            item.error(
                    "primary-not-last",
                    "the primary '" + regions.primary().orElseThrow() + "' moves "
                            + (last ? "with others" : "before others"),
                    "Put it alone in the last wave: " + example + ".");
        }
    }

    private List<RegionName> known(Field wave) {
        return wave.items("").orElse(List.of()).stream()
                .flatMap(item -> item.text().flatMap(text -> Names.region(text)).stream())
                .toList();
    }

    private static String join(List<RegionName> names) {
        return String.join(", ", names.stream().map(RegionName::value).toList());
    }
}
