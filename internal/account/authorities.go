package account

import (
	"crypto/x509"
	"fmt"
	"os"

	"crmferry/internal/failure"
)

// AuthoritiesVariable names a file of certificates, in PEM, that are trusted beside those of this machine: of a proxy that looks into
// what a company sends, or of a CRM with a certificate of its own.
const AuthoritiesVariable = "CRMFERRY_CA_FILE"

// authorities are those of this machine and of that file; nil without one.
func authorities(env Lookup) (*x509.CertPool, error) {
	path, set := env(AuthoritiesVariable)
	if !set || path == "" {
		return nil, nil
	}
	refuse := func(err error) error {
		return failure.New(failure.ExitUsage, fmt.Errorf("read the certificates of %s: %w", AuthoritiesVariable, err), "name a file of certificates in PEM: it begins with -----BEGIN CERTIFICATE-----")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, refuse(err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(text) {
		return nil, refuse(fmt.Errorf("%q holds none", path))
	}
	return pool, nil
}
