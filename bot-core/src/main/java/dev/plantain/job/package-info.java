/** Durable jobs: lanes, leases with a fence, retries, fairness between tenants. */
@NullMarked
package dev.plantain.job;

import org.jspecify.annotations.NullMarked;
