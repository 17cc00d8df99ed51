/** Trusted reverse proxies and their forwarded headers. */
@NullMarked
package io.minimalcluster.master.http.proxy;

import org.jspecify.annotations.NullMarked;
