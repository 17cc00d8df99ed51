package io.minimalcluster.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Measurements of the same workloads here and on other systems.
 *
 * @param peers the measurements by the name of the system
 */
record Comparison(List<Measurement> here, SequencedMap<String, List<Measurement>> peers) {
    /** The medians and their ratios as a Markdown table, and a line for each system that took fewer rounds. */
    @Override
    public String toString() {
        int width = here.stream().mapToInt(each -> each.name().length()).max().orElse(0);
        String row = "| %-" + width + "s | %11s |" + " %11s | %9s |".repeat(peers.size()) + "%n";
        List<String> head = new ArrayList<>(List.of("", "here"));
        peers.keySet().forEach(name -> head.addAll(List.of(name, "ratio")));
        StringBuilder table = new StringBuilder(row.formatted(head.toArray()));
        table.append("|")
                .append("-".repeat(width + 2))
                .append("|-:|")
                .append("-:|-:|".repeat(peers.size()))
                .append('\n');
        for (Measurement one : here) {
            List<String> cells = cells(one);
            if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                List<String> line = new ArrayList<>(List.of(one.name(), one.amount(one.median())));
                line.addAll(cells);
                table.append(row.formatted(line.toArray()));
            }
        }
        String shortages = here.stream().map(this::shortages).collect(Collectors.joining());
        return table.append(shortages.isEmpty() ? "" : "\n" + shortages).toString();
    }

    private String shortages(Measurement one) {
        StringBuilder lines = new StringBuilder();
        peers.forEach((name, others) -> same(one, others)
                .filter(other -> other.samples().size() < one.samples().size())
                .ifPresent(other -> lines.append(String.format(
                        Locale.ROOT,
                        "%s took %d rounds instead of %d: %s%n",
                        name,
                        other.samples().size(),
                        one.samples().size(),
                        one.name()))));
        return lines.toString();
    }

    private static Optional<Measurement> same(Measurement one, List<Measurement> others) {
        return others.stream().filter(other -> other.name().equals(one.name())).findFirst();
    }

    /** The median and the ratio of each system. They are empty if it did not run this workload. */
    private List<String> cells(Measurement one) {
        List<String> cells = new ArrayList<>();
        for (List<Measurement> others : peers.values()) {
            Optional<Measurement> same = same(one, others);
            cells.add(same.map(other -> other.amount(other.median())).orElse(""));
            cells.add(same.map(other -> ratio(one.median() / other.median())).orElse(""));
        }
        return cells;
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, ratio < 0.1 ? "%.4f" : "%.2f", ratio);
    }
}
