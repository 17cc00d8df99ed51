/**
 * The description of the API: an OpenAPI document generated from the handlers and from {@code openapi/*.yaml}, and
 * Swagger UI. No feature depends on this package.
 */
@NullMarked
package io.minimalcluster.master.openapi;

import org.jspecify.annotations.NullMarked;
