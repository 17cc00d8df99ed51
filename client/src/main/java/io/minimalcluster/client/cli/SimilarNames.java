package io.minimalcluster.client.cli;

import java.util.Collection;
import java.util.List;

/** Finds the names that a misspelt one may have been meant for. */
final class SimilarNames {
    private SimilarNames() {}

    /** Those that begin with it, or are a few typing errors away. */
    static List<String> to(String word, Collection<String> names) {
        int most = Math.max(1, word.length() / 3);
        return names.stream()
                .filter(name -> name.startsWith(word) || distance(word, name) <= most)
                .sorted()
                .toList();
    }

    /** How many letters are missing, too many, wrong or swapped with the next (optimal string alignment). */
    private static int distance(String one, String other) {
        int[][] distances = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : least(one, other, i, j, distances);
            }
        }
        return distances[one.length()][other.length()];
    }

    private static int least(String one, String other, int i, int j, int[][] distances) {
        int changed = distances[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        int least = Math.min(changed, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(least, 1 + distances[i - 2][j - 2]) : least;
    }
}
