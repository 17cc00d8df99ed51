/** Seeded fuzzing of the HTTP API, generated from its OpenAPI document. */
@org.jspecify.annotations.NullMarked
package io.minimalcluster.system.fuzz;
