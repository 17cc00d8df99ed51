/** Configuration of the embedded Tomcat: timeouts, error responses, detection of clients that disconnected. */
@NullMarked
package io.minimalcluster.master.http.tomcat;

import org.jspecify.annotations.NullMarked;
