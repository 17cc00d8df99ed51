/**
 * The description of the API: an OpenAPI document made of the handlers and of what {@code openapi/*.yaml} says of each
 * call, and Swagger UI on it. It looks at all features from outside; none of them knows it.
 */
@NullMarked
package io.minimalcluster.master.openapi;

import org.jspecify.annotations.NullMarked;
