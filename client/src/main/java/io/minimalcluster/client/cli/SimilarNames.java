package io.minimalcluster.client.cli;

import java.util.Collection;
import java.util.List;

/** Finds names similar to a misspelt word. */
final class SimilarNames {
    private SimilarNames() {}

    /** The names that start with the word, or are within an edit distance of a third of its length. */
    static List<String> to(String word, Collection<String> names) {
        int limit = Math.max(1, word.length() / 3);
        return names.stream()
                .filter(name -> name.startsWith(word) || distance(word, name) <= limit)
                .sorted()
                .toList();
    }

    /** The edit distance: insertions, deletions, substitutions and transpositions (optimal string alignment). */
    private static int distance(String word, String name) {
        int[][] distances = new int[word.length() + 1][name.length() + 1];
        for (int i = 0; i <= word.length(); i++) {
            for (int j = 0; j <= name.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : least(word, name, i, j, distances);
            }
        }
        return distances[word.length()][name.length()];
    }

    private static int least(String word, String name, int i, int j, int[][] distances) {
        int changed = distances[i - 1][j - 1] + (word.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
        int least = Math.min(changed, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && word.charAt(i - 1) == name.charAt(j - 2) && word.charAt(i - 2) == name.charAt(j - 1);
        return swapped ? Math.min(least, 1 + distances[i - 2][j - 2]) : least;
    }
}
