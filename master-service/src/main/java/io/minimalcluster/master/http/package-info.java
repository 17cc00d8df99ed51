/**
 * How this service speaks HTTP before a feature sees a call: what every answer carries, which names it answers to, how
 * large and how slow a request may be, and how the server's own refusals read. It knows no feature; a feature may use
 * its annotations, {@link io.minimalcluster.master.http.BodyBound} and {@link io.minimalcluster.master.http.Multipart}.
 */
@NullMarked
package io.minimalcluster.master.http;

import org.jspecify.annotations.NullMarked;
