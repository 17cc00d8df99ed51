package io.minimalcluster.model.environment;

/**
 * A posted library or resource, without its content.
 *
 * @param name the posted path
 * @param sha256 the digest of the content in lower-case hex
 */
public record PostedFile(String name, long bytes, String sha256) {}
