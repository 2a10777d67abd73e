#!/usr/bin/env bash
# Sign, notarise and pack dist/Shannon Exporter.app. Not tried yet: no Mac was at hand; packaging/RELEASE.md says how to.
#
#   packaging/macos/make_dmg.sh VERSION
#
# SIGN_AS       the name of a “Developer ID Application” certificate in the keychain; without it the program is signed for this Mac only
# NOTARY        a profile that “xcrun notarytool store-credentials” has stored; without it nothing is sent to Apple
set -euo pipefail
cd "$(dirname "$0")/../.."
version=${1:?the version is missing}
app="dist/Shannon Exporter.app"
image="dist/shannon-exporter-$version-$(uname -m).dmg"
identity=${SIGN_AS:--}
options=(--force --sign "$identity" --options runtime --entitlements packaging/macos/entitlements.plist)
[ "$identity" = - ] || options+=(--timestamp)

# From the inside out, as a signature covers those below it.
find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) -exec codesign "${options[@]}" {} +
find "$app/Contents" -type d -name '*.framework' -exec codesign "${options[@]}" {} +
for program in "$app/Contents/MacOS/"*; do codesign "${options[@]}" "$program"; done
codesign "${options[@]}" "$app"
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname "Shannon Exporter" -srcfolder "$stage" -ov -format ULFO "$image"
[ "$identity" = - ] || codesign --force --sign "$identity" --timestamp "$image"
if [ -n "${NOTARY:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY" --wait
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature "$image"
fi
shasum -a 256 "$image" | sed 's# dist/# #' > "$image.sha256"
echo "$image"
