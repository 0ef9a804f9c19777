package org.meridian.drivers.haproxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of HAProxy's statistics (HAProxy 3.0 management guide, 9.1, CSV format).
 *
 * @param columns where each column is
 * @param cells   the line's cells
 */
record StatRow(Map<String, Integer> columns, List<String> cells) {
    /** The rows in the answer to {@code show stat}; throws a Failure for another answer. */
    static List<StatRow> parse(String statistics) {
        List<String> lines = statistics.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().startsWith("# pxname,svname,")) {
            throw RuntimeApi.unexpected("show stat", statistics);
        }
        Map<String, Integer> columns = columns(lines.getFirst().substring(2));
        List<StatRow> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            rows.add(new StatRow(columns, List.of(line.split(",", -1))));
        }
        return rows;
    }

    /** Whether it is about a pool of the app as a whole. */
    boolean isPool(PoolNames names) {
        return ofPool(names) && get("svname").equals("BACKEND");
    }

    /** Whether it is about a server of a pool that requests may go to. */
    boolean isOrigin(PoolNames names) {
        return ofPool(names) && !isPool(names) && !get("svname").equals(PoolNames.ELSEWHERE);
    }

    private boolean ofPool(PoolNames names) {
        return names.isPool(get("pxname"));
    }

    /** The cell of that column. */
    String get(String column) {
        Integer index = columns.get(column);
        if (index == null || index >= cells.size()) {
            throw RuntimeApi.unexpected("show stat", "there is no " + column + " in " + cells);
        }
        return cells.get(index);
    }

    /** The number in that column. */
    int number(String column) {
        return Integer.parseInt(get(column));
    }

    /** The counter in that column. */
    long count(String column) {
        return Long.parseLong(get(column));
    }

    private static Map<String, Integer> columns(String header) {
        String[] names = header.split(",", -1);
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            columns.put(names[i], i);
        }
        return columns;
    }
}
