/**
 * HTTP before a feature sees a request: allowed host names, size and rate of request bodies, query parameters, response
 * headers. It knows no feature; a feature may use its annotations,
 * {@link io.minimalcluster.master.http.RequestSizeLimit} and {@link io.minimalcluster.master.http.MultipartReader}.
 */
@NullMarked
package io.minimalcluster.master.http;

import org.jspecify.annotations.NullMarked;
