/**
 * Checks of HTTP requests that precede every handler: allowed host names, size and rate of request bodies, query
 * parameters, response headers. The package depends on no feature. Features may use its annotations,
 * {@link io.minimalcluster.master.http.RequestSizeLimit} and {@link io.minimalcluster.master.http.MultipartReader}.
 */
@NullMarked
package io.minimalcluster.master.http;

import org.jspecify.annotations.NullMarked;
