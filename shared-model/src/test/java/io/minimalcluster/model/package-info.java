@NullMarked
package io.minimalcluster.model;

import org.jspecify.annotations.NullMarked;
