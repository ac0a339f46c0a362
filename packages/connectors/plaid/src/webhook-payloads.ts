import type { components } from "./generated/types.js";

type Schemas = components["schemas"];

/**
 * Payloads by the type of the event, `webhook_type` and `webhook_code`. The document does not say where it sends them: these are the schemas
 * whose texts have both. Of two, one is that of a processor's token.
 */
export interface PlaidEvents {
  "ASSETS.ERROR": Schemas["AssetsErrorWebhook"];
  "ASSETS.PRODUCT_READY": Schemas["AssetsProductReadyWebhook"];
  "AUTH.AUTOMATICALLY_VERIFIED":
    | Schemas["AutomaticallyVerifiedWebhook"]
    | Schemas["FallbackAuthMicrodepositAutoVerifiedWebhook"];
  "AUTH.DEFAULT_UPDATE": Schemas["AuthDefaultUpdateWebhook"];
  "AUTH.PRODUCT_PERMISSIONS_REQUIRED": Schemas["ProductPermissionsRequiredAuthWebhook"];
  "AUTH.SMS_MICRODEPOSITS_VERIFICATION": Schemas["HostedMMDVerificationWebhook"];
  "AUTH.VERIFICATION_EXPIRED":
    | Schemas["VerificationExpiredWebhook"]
    | Schemas["FallbackAuthMicrodepositVerificationExpiredWebhook"];
  "BANK_TRANSFERS.BANK_TRANSFERS_EVENTS_UPDATE":
    | Schemas["BankTransfersEventsUpdateWebhook"]
    | Schemas["BankTransfersEventsUpdateWebhookForAuth"];
  "BASE_REPORT.ERROR": Schemas["BaseReportsErrorWebhook"];
  "BEACON.DUPLICATE_DETECTED": Schemas["BeaconDuplicateDetectedWebhook"];
  "BEACON.REPORT_CREATED": Schemas["BeaconReportCreatedWebhook"];
  "BEACON.REPORT_SYNDICATION_CREATED": Schemas["BeaconReportSyndicationCreatedWebhook"];
  "BEACON.REPORT_UPDATED": Schemas["BeaconReportUpdatedWebhook"];
  "BEACON.USER_STATUS_UPDATED": Schemas["BeaconUserStatusUpdatedWebhook"];
  "CASH_FLOW_UPDATES.CASH_FLOW_INSIGHTS_UPDATED": Schemas["CashFlowUpdatesInsightsV2Webhook"];
  "CASH_FLOW_UPDATES.EXPECTED_DEPOSIT_MISSED": Schemas["CashFlowUpdatesExpectedDepositMissedWebhook"];
  "CASH_FLOW_UPDATES.INSIGHTS_UPDATED": Schemas["CashFlowUpdatesInsightsWebhook"];
  "CASH_FLOW_UPDATES.LARGE_DEPOSIT_DETECTED": Schemas["CashFlowUpdatesLargeDepositWebhook"];
  "CASH_FLOW_UPDATES.LOW_BALANCE_DETECTED": Schemas["CashFlowUpdatesLowBalanceWebhook"];
  "CASH_FLOW_UPDATES.NEW_INCOME_STREAM_DETECTED": Schemas["CashFlowUpdatesNewIncomeStreamWebhook"];
  "CASH_FLOW_UPDATES.NEW_LOAN_PAYMENT_DETECTED": Schemas["CashFlowUpdatesNewLoanPaymentWebhook"];
  "CASH_FLOW_UPDATES.NSF_OVERDRAFT_DETECTED": Schemas["CashFlowUpdatesNSFWebhook"];
  "CHECK_REPORT.CHECK_REPORT_FAILED": Schemas["CraCheckReportFailedWebhook"];
  "CHECK_REPORT.CHECK_REPORT_READY": Schemas["CraCheckReportReadyWebhook"];
  "CHECK_REPORT.UPGRADE_FAILED": Schemas["CraUpgradeFailedWebhook"];
  "CHECK_REPORT.USER_CHECK_REPORT_FAILED": Schemas["CraUserCheckReportFailedWebhook"];
  "CHECK_REPORT.USER_CHECK_REPORT_READY": Schemas["CraUserCheckReportReadyWebhook"];
  "CRA_INCOME.BANK_INCOME_COMPLETE": Schemas["CraBankIncomeCompleteWebhook"];
  "CRA_INCOME.ERROR": Schemas["CraBankIncomeErrorWebhook"];
  "CRA_INSIGHTS.PARTNER_INSIGHTS_COMPLETE": Schemas["CraPartnerInsightsCompleteWebhook"];
  "CRA_INSIGHTS.PARTNER_INSIGHTS_ERROR": Schemas["CraPartnerInsightsErrorWebhook"];
  "DASHBOARD_CONFIGURED_ALERT.INSTITUTION_STATUS_ALERT_TRIGGERED": Schemas["InstitutionStatusAlertWebhook"];
  "ENTITY_SCREENING.STATUS_UPDATED": Schemas["EntityScreeningStatusUpdatedWebhook"];
  "HOLDINGS.DEFAULT_UPDATE": Schemas["HoldingsDefaultUpdateWebhook"];
  "IDENTITY.DEFAULT_UPDATE": Schemas["IdentityDefaultUpdateWebhook"];
  "IDENTITY.PRODUCT_PERMISSIONS_REQUIRED": Schemas["ProductPermissionsRequiredIdentityWebhook"];
  "IDENTITY_VERIFICATION.RETRIED": Schemas["IdentityVerificationRetriedWebhook"];
  "IDENTITY_VERIFICATION.STATUS_UPDATED": Schemas["IdentityVerificationStatusUpdatedWebhook"];
  "IDENTITY_VERIFICATION.STEP_UPDATED": Schemas["IdentityVerificationStepUpdatedWebhook"];
  "INCOME.BANK_INCOME_COMPLETE": Schemas["BankIncomeCompleteWebhook"];
  "INCOME.BANK_INCOME_REFRESH_COMPLETE": Schemas["BankIncomeRefreshCompleteWebhook"];
  "INCOME.BANK_INCOME_REFRESH_UPDATE": Schemas["BankIncomeRefreshUpdateWebhook"];
  "INCOME.INCOME_VERIFICATION": Schemas["IncomeVerificationStatusWebhook"];
  "INCOME.INCOME_VERIFICATION_REFRESH_RECONNECT_NEEDED": Schemas["IncomeVerificationRefreshReconnectNeededWebhook"];
  "INCOME.INCOME_VERIFICATION_RISK_SIGNALS": Schemas["IncomeVerificationRiskSignalsStatusWebhook"];
  "INCOME.PRODUCT_READY": Schemas["ItemProductReadyWebhook"];
  "INVESTMENTS_TRANSACTIONS.DEFAULT_UPDATE": Schemas["InvestmentsDefaultUpdateWebhook"];
  "INVESTMENTS_TRANSACTIONS.HISTORICAL_UPDATE": Schemas["InvestmentsHistoricalUpdateWebhook"];
  "ISSUES.ISSUE_RESOLVED": Schemas["IssueResolvedWebhook"];
  "ITEM.ERROR": Schemas["ItemErrorWebhook"];
  "ITEM.LOGIN_REPAIRED": Schemas["ItemLoginRepairedWebhook"];
  "ITEM.NEW_ACCOUNTS_AVAILABLE": Schemas["NewAccountsAvailableWebhook"];
  "ITEM.PENDING_DISCONNECT": Schemas["PendingDisconnectWebhook"];
  "ITEM.PENDING_EXPIRATION": Schemas["PendingExpirationWebhook"];
  "ITEM.USER_ACCOUNT_REVOKED": Schemas["UserAccountRevokedWebhook"];
  "ITEM.USER_PERMISSION_REVOKED": Schemas["UserPermissionRevokedWebhook"];
  "ITEM.WEBHOOK_UPDATE_ACKNOWLEDGED": Schemas["WebhookUpdateAcknowledgedWebhook"];
  "LAYER.LAYER_AUTHENTICATION_PASSED": Schemas["LayerAuthenticationPassedWebhook"];
  "LIABILITIES.DEFAULT_UPDATE": Schemas["LiabilitiesDefaultUpdateWebhook"];
  "LINK.EVENTS": Schemas["LinkEventsWebhook"];
  "LINK.ITEM_ADD_RESULT": Schemas["ItemAddResultWebhook"];
  "LINK.SESSION_FINISHED": Schemas["LinkSessionFinishedWebhook"];
  "LINK_DELIVERY.DELIVERY_STATUS": Schemas["LinkUserDeliveryStatusWebhook"];
  "LINK_DELIVERY.LINK_CALLBACK": Schemas["LinkDeliveryCallbackWebhook"];
  "PARTNER.END_CUSTOMER_OAUTH_STATUS_UPDATED": Schemas["PartnerEndCustomerOAuthStatusUpdatedWebhook"];
  "PAYMENT_INITIATION.CONSENT_STATUS_UPDATE": Schemas["PaymentInitiationConsentStatusUpdateWebhook"];
  "PAYMENT_INITIATION.PAYMENT_STATUS_UPDATE": Schemas["PaymentStatusUpdateWebhook"];
  "PROCESSOR_TOKEN.WEBHOOK_UPDATE_ACKNOWLEDGED": Schemas["ProcessorTokenWebhookUpdate"];
  "PROTECT.PROTECT_USER_EVENT": Schemas["ProtectUserEventWebhook"];
  "SCREENING.STATUS_UPDATED": Schemas["ScreeningStatusUpdatedWebhook"];
  "STATEMENTS.STATEMENTS_REFRESH_COMPLETE": Schemas["StatementsRefreshCompleteWebhook"];
  "TRANSACTIONS.DEFAULT_UPDATE": Schemas["DefaultUpdateWebhook"] | Schemas["ProcessorDefaultUpdateWebhook"];
  "TRANSACTIONS.HISTORICAL_UPDATE": Schemas["HistoricalUpdateWebhook"] | Schemas["ProcessorHistoricalUpdateWebhook"];
  "TRANSACTIONS.INITIAL_UPDATE": Schemas["InitialUpdateWebhook"] | Schemas["ProcessorInitialUpdateWebhook"];
  "TRANSACTIONS.RECURRING_TRANSACTIONS_UPDATE":
    | Schemas["RecurringTransactionsUpdateWebhook"]
    | Schemas["ProcessorRecurringTransactionsUpdateWebhook"];
  "TRANSACTIONS.SYNC_UPDATES_AVAILABLE":
    | Schemas["SyncUpdatesAvailableWebhook"]
    | Schemas["ProcessorSyncUpdatesAvailableWebhook"];
  "TRANSACTIONS.TRANSACTIONS_REMOVED":
    | Schemas["TransactionsRemovedWebhook"]
    | Schemas["ProcessorTransactionsRemovedWebhook"];
  "TRANSFER.PLATFORM_ONBOARDING_UPDATE": Schemas["TransferPlatformOnboardingUpdateWebhook"];
  "TRANSFER.RECURRING_CANCELLED": Schemas["RecurringCancelledWebhook"];
  "TRANSFER.RECURRING_NEW_TRANSFER": Schemas["RecurringNewTransferWebhook"];
  "TRANSFER.RECURRING_TRANSFER_SKIPPED": Schemas["RecurringTransferSkippedWebhook"];
  "TRANSFER.TRANSFER_EVENTS_UPDATE": Schemas["TransferEventsUpdateWebhook"];
  "WALLET.WALLET_TRANSACTION_STATUS_UPDATE": Schemas["WalletTransactionStatusUpdateWebhook"];
}
