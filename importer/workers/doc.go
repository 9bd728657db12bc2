// Package workers runs the workers of an import, and keeps what they know together: how the vendor does over all of them, and
// how many requests are still to come. It knows neither rows nor requests.
package workers
