#!/bin/sh
# Creates the role that the workflow "deploy" assumes. docs/deploy.md explains it.
set -eu

ROLE=deploy-realtime-gateway
BOUNDARY=boundary-realtime-gateway
ISSUER=token.actions.githubusercontent.com
# IAM stores five versions of a policy: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
MAX_VERSIONS=5

usage() {
  cat <<END
Creates or updates in your AWS account:
  - the identity provider $ISSUER
  - the policy $BOUNDARY, the most that a function of the gateway may do
  - the role $ROLE, which only the environment "production" of one GitHub repository may assume

Usage: infra/deploy-role/bootstrap.sh --repository OWNER/NAME [options]

  --repository OWNER/NAME  the GitHub repository that deploys
  --webhook-queue ARN      the queue of REALTIME_WEBHOOK_QUEUE_URL, if you set it
  --rest-api               also allow a REST API with a web ACL (GATEWAY_FRONT=rest-api)
  --hosted-zone ID         the Route 53 zone of GATEWAY_DOMAIN, if SST writes its DNS records
  --dry-run                print the policies and the commands, and change nothing
  --account ID             the account for --dry-run; without it, the script asks AWS
  --help                   print this text

It needs the AWS CLI and credentials that may manage IAM. You can run it again at any time.
END
}

fail() {
  echo "$1. See: infra/deploy-role/bootstrap.sh --help" >&2
  exit 2
}

repository='' account='' webhook_queue='' hosted_zone='' rest_api='' dry_run=''
while [ $# -gt 0 ]; do
  case $1 in
    --help) usage; exit 0 ;;
    --dry-run) dry_run=1; shift; continue ;;
    --rest-api) rest_api=1; shift; continue ;;
    --repository | --account | --webhook-queue | --hosted-zone) ;;
    *) fail "$1 is no option" ;;
  esac
  [ $# -gt 1 ] || fail "$1 needs a value"
  case $1 in
    --repository) repository=$2 ;;
    --account) account=$2 ;;
    --webhook-queue) webhook_queue=$2 ;;
    --hosted-zone) hosted_zone=$2 ;;
  esac
  shift 2
done

case $repository in
  '') fail '--repository is missing' ;;
  *[!A-Za-z0-9._/-]* | */*/* | /* | */) fail '--repository must be OWNER/NAME' ;;
  */*) ;;
  *) fail '--repository must be OWNER/NAME' ;;
esac
case $webhook_queue in '' | arn:aws:sqs:*) ;; *) fail '--webhook-queue must be the ARN of an SQS queue' ;; esac
case $hosted_zone in *[!A-Z0-9]*) fail '--hosted-zone must be an id such as Z0123456789ABC' ;; esac
[ -z "$account" ] || [ -n "$dry_run" ] || fail '--account is for --dry-run only'
[ -n "$account" ] || account=$(aws sts get-caller-identity --query Account --output text)
case $account in *[!0-9]* | '') fail 'the account must be 12 digits' ;; esac

here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for document in policy boundary trust domain rest-api; do
  sed -e "s/ACCOUNT/$account/g" -e "s|REPOSITORY|$repository|" -e "s/HOSTED_ZONE/$hosted_zone/" \
    -e "s|WEBHOOK_QUEUE|${webhook_queue:-arn:aws:sqs:*:$account:realtime-gateway-*}|" \
    "$here/$document.json" >"$folder/$document.json"
done

provider=arn:aws:iam::$account:oidc-provider/$ISSUER
boundary=arn:aws:iam::$account:policy/$BOUNDARY

# Runs a command that changes something, or prints it.
change() {
  if [ -n "$dry_run" ]; then echo "would run: $*"; else "$@" >/dev/null && echo "done: $1 $2 $3"; fi
}

# True if a command that reads something succeeds. A dry run assumes a new account.
exists() {
  [ -z "$dry_run" ] && "$@" >/dev/null 2>&1
}

if [ -n "$dry_run" ]; then
  for document in policy boundary trust; do
    echo "# $document.json"
    cat "$folder/$document.json"
  done
fi

exists aws iam get-open-id-connect-provider --open-id-connect-provider-arn "$provider" ||
  change aws iam create-open-id-connect-provider --url "https://$ISSUER" --client-id-list sts.amazonaws.com

if exists aws iam get-policy --policy-arn "$boundary"; then
  versions=$(aws iam list-policy-versions --policy-arn "$boundary" \
    --query 'Versions[?!IsDefaultVersion].VersionId' --output text)
  # The last one is the oldest.
  oldest='' count=1
  for version in $versions; do oldest=$version count=$((count + 1)); done
  [ "$count" -lt "$MAX_VERSIONS" ] ||
    change aws iam delete-policy-version --policy-arn "$boundary" --version-id "$oldest"
  change aws iam create-policy-version --policy-arn "$boundary" --set-as-default \
    --policy-document "file://$folder/boundary.json"
else
  change aws iam create-policy --policy-name "$BOUNDARY" --policy-document "file://$folder/boundary.json"
fi

if exists aws iam get-role --role-name "$ROLE"; then
  change aws iam update-assume-role-policy --role-name "$ROLE" --policy-document "file://$folder/trust.json"
else
  change aws iam create-role --role-name "$ROLE" --max-session-duration 3600 \
    --assume-role-policy-document "file://$folder/trust.json"
fi
change aws iam put-role-policy --role-name "$ROLE" --policy-name deploy --policy-document "file://$folder/policy.json"
[ -z "$rest_api" ] ||
  change aws iam put-role-policy --role-name "$ROLE" --policy-name rest-api \
    --policy-document "file://$folder/rest-api.json"
[ -z "$hosted_zone" ] ||
  change aws iam put-role-policy --role-name "$ROLE" --policy-name domain --policy-document "file://$folder/domain.json"

cat <<END

Give the GitHub environment "production" these variables:
  AWS_ROLE_ARN=arn:aws:iam::$account:role/$ROLE
  GATEWAY_PERMISSIONS_BOUNDARY=$boundary

Then allow only tags v* to deploy to it:
  printf '{"deployment_branch_policy":{"protected_branches":false,"custom_branch_policies":true}}' |
    gh api --method PUT repos/$repository/environments/production --input -
  gh api --method POST repos/$repository/environments/production/deployment-branch-policies -f name='v*' -f type=tag
END
