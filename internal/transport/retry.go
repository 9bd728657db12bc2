package transport

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"crmferry/internal/leaveby"
	"crmferry/internal/retryafter"
	"crmferry/internal/transport/http1"
)

const (
	maxTries    = 5                      // of a read, if the vendor fails or answers get lost
	maxDials    = 3                      // of a read, if nobody answers at the address, or too slowly
	maxRefusals = 10                     // of a read, if the rate limit refuses it
	firstBack   = 500 * time.Millisecond // the longest back-off after the first try; doubled each time
	longestBack = 30 * time.Second
)

// repeated tries reads again. Writes pass: only who can look a contact up may repeat them.
type repeated struct {
	next   http.RoundTripper
	pace   *pace
	outage *outage
	onWait func(d time.Duration, why string)
}

func (r repeated) RoundTrip(req *http.Request) (*http.Response, error) {
	if !isRead(req.Method) {
		resp, err := r.next.RoundTrip(req)
		if err == nil && !failed(resp) {
			r.outage.answered(nil)
		}
		return resp, err
	}
	refused := 0
	var before, began time.Time // the try before this one, and this one
	for try := 1; ; try++ {
		before, began = began, time.Now()
		alone := try > 1 && !r.outage.lastAnswer().Before(before) // others are answered
		resp, err := r.try(req)
		wait, why := time.Duration(0), ""
		bad := err != nil || failed(resp)
		switch {
		case !bad:
			r.outage.answered(req)
		case req.Context().Err() == nil:
			r.outage.failed(began)
		}
		switch {
		case err == nil && retryafter.Of(resp) > retryafter.MaxWait:
			return resp, nil
		case err == nil && resp.StatusCode == http.StatusTooManyRequests && refused < maxRefusals-1:
			refused++ // the pace holds all requests until the pause is over
			try--
		case !bad, req.Context().Err() != nil, Permanent(err), try >= tries(err) && (alone || !r.lasts(req.Context(), reason(resp, err))):
			return resp, err
		case err != nil || retryafter.Of(resp) == 0:
			wait, why = backoff(try), "another try, "+reason(resp, err)
		}
		if wait >= time.Second {
			r.onWait(wait, why)
		}
		if err := r.pace.sleep(req.Context(), wait); err != nil && !errors.Is(err, errSpent) { // which the next try meets
			return nil, err
		}
	}
}

// lasts reports whether a read that has failed as often as others may is tried again all the same: the vendor is away, for no
// longer than it is waited for, or it is back. Where nothing else tells, another read does, one that was answered before: a request
// that fails alone is no outage, however often it fails.
func (r repeated) lasts(ctx context.Context, why string) bool {
	if !r.outage.waits(ctx) {
		return false
	}
	now := time.Now()
	select {
	case r.outage.asking <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	defer func() { <-r.outage.asking }()
	if other := r.outage.good.Load(); other != nil && r.outage.asked.Before(now) && r.outage.lastAnswer().Before(now) {
		resp, err := r.try(other.WithContext(ctx))
		r.outage.asked = time.Now()
		if err == nil && !failed(resp) {
			r.outage.answered(other)
		}
	}
	if r.outage.lastAnswer().Before(now) {
		r.outage.tell(ctx, why)
	}
	return true
}

// try sends the read once and reads the whole answer, so that one that is cut counts as lost.
func (r repeated) try(req *http.Request) (*http.Response, error) {
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var body bytes.Buffer
	body.Grow(int(min(max(resp.ContentLength, 0), 1<<20)) + bytes.MinRead) // as long as it says, within reason
	if _, err := body.ReadFrom(resp.Body); err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	resp.Body = io.NopCloser(&body)
	return resp, nil
}

// failed reports whether an answer is worth another try.
func failed(resp *http.Response) bool {
	switch s := resp.StatusCode; s {
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return true
	default:
		return s >= 500 && s != http.StatusNotImplemented
	}
}

// tries is how often a read is tried that ends with err, or with an answer if err is nil.
func tries(err error) int {
	if http1.IsDial(err) || errors.Is(err, errTooSlow) || errors.Is(err, errDrips) {
		return maxDials
	}
	return maxTries
}

// Permanent reports whether another try would end the same way: the name, the address or the certificate is wrong, no TLS is
// spoken there, the proxy lets nobody pass, the body is too long.
func Permanent(err error) bool {
	var (
		dns    *net.DNSError
		verify *tls.CertificateVerificationError
		header tls.RecordHeaderError
		host   x509.HostnameError
	)
	return errors.As(err, &dns) && dns.IsNotFound || errors.As(err, &verify) || errors.As(err, &header) && http1.IsDial(err) ||
		errors.As(err, &host) || errors.Is(err, http1.ErrProxyRefused) || errors.Is(err, http1.ErrUnsendable) || errors.Is(err, leaveby.ErrLate) || errors.Is(err, errTooLong) || errors.Is(err, errInClear)
}

// IsUntrusted reports whether a server was refused because nobody whom this machine trusts vouches for it.
func IsUntrusted(err error) bool { return errors.As(err, new(x509.UnknownAuthorityError)) }

// backoff is the time before the next try: exponential with full jitter.
func backoff(try int) time.Duration {
	return rand.N(min(firstBack<<min(try-1, 10), longestBack))
}
