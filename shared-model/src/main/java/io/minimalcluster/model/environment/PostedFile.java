package io.minimalcluster.model.environment;

/**
 * A library or a resource, as it is shown.
 *
 * @param name the path it was posted under
 * @param sha256 of what is in it, in lower-case hex
 */
public record PostedFile(String name, long bytes, String sha256) {}
