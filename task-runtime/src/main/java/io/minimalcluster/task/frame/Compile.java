package io.minimalcluster.task.frame;

import java.util.Map;

/**
 * Sources to compile.
 *
 * @param sources by file name
 */
public record Compile(Map<String, String> sources) {}
