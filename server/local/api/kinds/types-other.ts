// Made by generate-types.mjs from the .proto files of k8s.io/api v0.32 (Apache-2.0): facts only, one line per type. Do not edit.
export const OTHER_TYPES = `
admissionregistration.v1.MatchCondition|1 name s!|2 expression s!
admissionregistration.v1.MutatingWebhook|1 name s!|2 clientConfig @admissionregistration.v1.WebhookClientConfig!|3 rules @admissionregistration.v1.RuleWithOperations*!|4 failurePolicy s|9 matchPolicy s|5 namespaceSelector @meta.v1.LabelSelector|11 objectSelector @meta.v1.LabelSelector|6 sideEffects s!|7 timeoutSeconds i|8 admissionReviewVersions s*!|10 reinvocationPolicy s|12 matchConditions @admissionregistration.v1.MatchCondition* merge:name
admissionregistration.v1.MutatingWebhookConfiguration|1 metadata @meta.v1.ObjectMeta|2 webhooks @admissionregistration.v1.MutatingWebhook* merge:name
admissionregistration.v1.Rule|1 apiGroups s*!|2 apiVersions s*!|3 resources s*!|4 scope s
admissionregistration.v1.RuleWithOperations|1 operations s*!|2 rule @admissionregistration.v1.Rule^!
admissionregistration.v1.ServiceReference|1 namespace s!|2 name s!|3 path s|4 port i
admissionregistration.v1.ValidatingWebhook|1 name s!|2 clientConfig @admissionregistration.v1.WebhookClientConfig!|3 rules @admissionregistration.v1.RuleWithOperations*!|4 failurePolicy s|9 matchPolicy s|5 namespaceSelector @meta.v1.LabelSelector|10 objectSelector @meta.v1.LabelSelector|6 sideEffects s!|7 timeoutSeconds i|8 admissionReviewVersions s*!|11 matchConditions @admissionregistration.v1.MatchCondition* merge:name
admissionregistration.v1.ValidatingWebhookConfiguration|1 metadata @meta.v1.ObjectMeta|2 webhooks @admissionregistration.v1.ValidatingWebhook* merge:name
admissionregistration.v1.WebhookClientConfig|3 url s|1 service @admissionregistration.v1.ServiceReference|2 caBundle y
apiextensions.v1.CustomResourceColumnDefinition|1 name s!|2 type s!|3 format s|4 description s|5 priority i|6 jsonPath s!
apiextensions.v1.CustomResourceConversion|1 strategy s!|2 webhook @apiextensions.v1.WebhookConversion
apiextensions.v1.CustomResourceDefinition|1 metadata @meta.v1.ObjectMeta|2 spec @apiextensions.v1.CustomResourceDefinitionSpec!|3 status @apiextensions.v1.CustomResourceDefinitionStatus
apiextensions.v1.CustomResourceDefinitionCondition|1 type s!|2 status s!|3 lastTransitionTime T|4 reason s|5 message s
apiextensions.v1.CustomResourceDefinitionNames|1 plural s!|2 singular s|3 shortNames s*|4 kind s!|5 listKind s|6 categories s*
apiextensions.v1.CustomResourceDefinitionSpec|1 group s!|3 names @apiextensions.v1.CustomResourceDefinitionNames!|4 scope s!|7 versions @apiextensions.v1.CustomResourceDefinitionVersion*!|9 conversion @apiextensions.v1.CustomResourceConversion|10 preserveUnknownFields b
apiextensions.v1.CustomResourceDefinitionStatus|1 conditions @apiextensions.v1.CustomResourceDefinitionCondition*|2 acceptedNames @apiextensions.v1.CustomResourceDefinitionNames|3 storedVersions s*
apiextensions.v1.CustomResourceDefinitionVersion|1 name s!|2 served b!|3 storage b!|7 deprecated b|8 deprecationWarning s|4 schema @apiextensions.v1.CustomResourceValidation|5 subresources @apiextensions.v1.CustomResourceSubresources|6 additionalPrinterColumns @apiextensions.v1.CustomResourceColumnDefinition*|9 selectableFields @apiextensions.v1.SelectableField*
apiextensions.v1.CustomResourceSubresourceScale|1 specReplicasPath s!|2 statusReplicasPath s!|3 labelSelectorPath s
apiextensions.v1.CustomResourceSubresourceStatus|
apiextensions.v1.CustomResourceSubresources|1 status @apiextensions.v1.CustomResourceSubresourceStatus|2 scale @apiextensions.v1.CustomResourceSubresourceScale
apiextensions.v1.CustomResourceValidation|1 openAPIV3Schema R
apiextensions.v1.SelectableField|1 jsonPath s!
apiextensions.v1.ServiceReference|1 namespace s!|2 name s!|3 path s|4 port i
apiextensions.v1.WebhookClientConfig|3 url s|1 service @apiextensions.v1.ServiceReference|2 caBundle y
apiextensions.v1.WebhookConversion|2 clientConfig @apiextensions.v1.WebhookClientConfig|3 conversionReviewVersions s*!
apps.v1.Deployment|1 metadata @meta.v1.ObjectMeta|2 spec @apps.v1.DeploymentSpec|3 status @apps.v1.DeploymentStatus
apps.v1.DeploymentCondition|1 type s!|2 status s!|6 lastUpdateTime T!|7 lastTransitionTime T!|4 reason s!|5 message s!
apps.v1.DeploymentSpec|1 replicas i|2 selector @meta.v1.LabelSelector!|3 template @core.v1.PodTemplateSpec!|4 strategy @apps.v1.DeploymentStrategy retainKeys|5 minReadySeconds i|6 revisionHistoryLimit i|7 paused b|9 progressDeadlineSeconds i!
apps.v1.DeploymentStatus|1 observedGeneration l|2 replicas i|3 updatedReplicas i|7 readyReplicas i|4 availableReplicas i|5 unavailableReplicas i|6 conditions @apps.v1.DeploymentCondition*! merge:type|8 collisionCount i
apps.v1.DeploymentStrategy|1 type s|2 rollingUpdate @apps.v1.RollingUpdateDeployment
apps.v1.ReplicaSet|1 metadata @meta.v1.ObjectMeta|2 spec @apps.v1.ReplicaSetSpec|3 status @apps.v1.ReplicaSetStatus
apps.v1.ReplicaSetCondition|1 type s!|2 status s!|3 lastTransitionTime T|4 reason s|5 message s
apps.v1.ReplicaSetSpec|1 replicas i|4 minReadySeconds i|2 selector @meta.v1.LabelSelector!|3 template @core.v1.PodTemplateSpec
apps.v1.ReplicaSetStatus|1 replicas i!|2 fullyLabeledReplicas i|4 readyReplicas i|5 availableReplicas i|3 observedGeneration l|6 conditions @apps.v1.ReplicaSetCondition* merge:type
apps.v1.RollingUpdateDeployment|1 maxUnavailable I|2 maxSurge I
authentication.v1.BoundObjectReference|1 kind s|2 apiVersion s|3 name s|4 uid s
authentication.v1.ExtraValue|1 items s*!
authentication.v1.SelfSubjectReview|1 metadata @meta.v1.ObjectMeta|2 status @authentication.v1.SelfSubjectReviewStatus!
authentication.v1.SelfSubjectReviewStatus|1 userInfo @authentication.v1.UserInfo
authentication.v1.TokenRequest|1 metadata @meta.v1.ObjectMeta|2 spec @authentication.v1.TokenRequestSpec!|3 status @authentication.v1.TokenRequestStatus
authentication.v1.TokenRequestSpec|1 audiences s*!|4 expirationSeconds l|3 boundObjectRef @authentication.v1.BoundObjectReference
authentication.v1.TokenRequestStatus|1 token s!|2 expirationTimestamp T!
authentication.v1.TokenReview|1 metadata @meta.v1.ObjectMeta|2 spec @authentication.v1.TokenReviewSpec!|3 status @authentication.v1.TokenReviewStatus
authentication.v1.TokenReviewSpec|1 token s|2 audiences s*
authentication.v1.TokenReviewStatus|1 authenticated b|2 user @authentication.v1.UserInfo|4 audiences s*|3 error s
authentication.v1.UserInfo|1 username s|2 uid s|3 groups s*|4 extra @authentication.v1.ExtraValue%
authorization.v1.ExtraValue|1 items s*!
authorization.v1.FieldSelectorAttributes|1 rawSelector s|2 requirements @meta.v1.FieldSelectorRequirement*
authorization.v1.LabelSelectorAttributes|1 rawSelector s|2 requirements @meta.v1.LabelSelectorRequirement*
authorization.v1.LocalSubjectAccessReview|1 metadata @meta.v1.ObjectMeta|2 spec @authorization.v1.SubjectAccessReviewSpec!|3 status @authorization.v1.SubjectAccessReviewStatus
authorization.v1.NonResourceAttributes|1 path s|2 verb s
authorization.v1.NonResourceRule|1 verbs s*!|2 nonResourceURLs s*
authorization.v1.ResourceAttributes|1 namespace s|2 verb s|3 group s|4 version s|5 resource s|6 subresource s|7 name s|8 fieldSelector @authorization.v1.FieldSelectorAttributes|9 labelSelector @authorization.v1.LabelSelectorAttributes
authorization.v1.ResourceRule|1 verbs s*!|2 apiGroups s*|3 resources s*|4 resourceNames s*
authorization.v1.SelfSubjectAccessReview|1 metadata @meta.v1.ObjectMeta|2 spec @authorization.v1.SelfSubjectAccessReviewSpec!|3 status @authorization.v1.SubjectAccessReviewStatus
authorization.v1.SelfSubjectAccessReviewSpec|1 resourceAttributes @authorization.v1.ResourceAttributes|2 nonResourceAttributes @authorization.v1.NonResourceAttributes
authorization.v1.SelfSubjectRulesReview|1 metadata @meta.v1.ObjectMeta|2 spec @authorization.v1.SelfSubjectRulesReviewSpec!|3 status @authorization.v1.SubjectRulesReviewStatus
authorization.v1.SelfSubjectRulesReviewSpec|1 namespace s!
authorization.v1.SubjectAccessReview|1 metadata @meta.v1.ObjectMeta|2 spec @authorization.v1.SubjectAccessReviewSpec!|3 status @authorization.v1.SubjectAccessReviewStatus
authorization.v1.SubjectAccessReviewSpec|1 resourceAttributes @authorization.v1.ResourceAttributes|2 nonResourceAttributes @authorization.v1.NonResourceAttributes|3 user s|4 groups s*|5 extra @authorization.v1.ExtraValue%|6 uid s
authorization.v1.SubjectAccessReviewStatus|1 allowed b!|4 denied b|2 reason s|3 evaluationError s
authorization.v1.SubjectRulesReviewStatus|1 resourceRules @authorization.v1.ResourceRule*!|2 nonResourceRules @authorization.v1.NonResourceRule*!|3 incomplete b!|4 evaluationError s
autoscaling.v1.Scale|1 metadata @meta.v1.ObjectMeta|2 spec @autoscaling.v1.ScaleSpec|3 status @autoscaling.v1.ScaleStatus
autoscaling.v1.ScaleSpec|1 replicas i
autoscaling.v1.ScaleStatus|1 replicas i!|2 selector s
coordination.v1.Lease|1 metadata @meta.v1.ObjectMeta|2 spec @coordination.v1.LeaseSpec
coordination.v1.LeaseSpec|1 holderIdentity s|2 leaseDurationSeconds i|3 acquireTime U|4 renewTime U|5 leaseTransitions i|6 strategy s|7 preferredHolder s
discovery.v1.Endpoint|1 addresses s*!|2 conditions @discovery.v1.EndpointConditions!|3 hostname s|4 targetRef @core.v1.ObjectReference|5 deprecatedTopology s%|6 nodeName s|7 zone s|8 hints @discovery.v1.EndpointHints
discovery.v1.EndpointConditions|1 ready b|2 serving b|3 terminating b
discovery.v1.EndpointHints|1 forZones @discovery.v1.ForZone*!
discovery.v1.EndpointPort|1 name s!|2 protocol s!|3 port i!|4 appProtocol s
discovery.v1.EndpointSlice|1 metadata @meta.v1.ObjectMeta|4 addressType s!|2 endpoints @discovery.v1.Endpoint*!|3 ports @discovery.v1.EndpointPort*
discovery.v1.ForZone|1 name s!
events.v1.Event|1 metadata @meta.v1.ObjectMeta|2 eventTime U!|3 series @events.v1.EventSeries|4 reportingController s!|5 reportingInstance s!|6 action s!|7 reason s!|8 regarding @core.v1.ObjectReference|9 related @core.v1.ObjectReference|10 note s|11 type s!|12 deprecatedSource @core.v1.EventSource|13 deprecatedFirstTimestamp T|14 deprecatedLastTimestamp T|15 deprecatedCount i
events.v1.EventSeries|1 count i!|2 lastObservedTime U!
meta.v1.Condition|1 type s!|2 status s!|3 observedGeneration l|4 lastTransitionTime T!|5 reason s!|6 message s!
meta.v1.CreateOptions|1 dryRun s*|3 fieldManager s|4 fieldValidation s
meta.v1.DeleteOptions|1 gracePeriodSeconds l|2 preconditions @meta.v1.Preconditions|3 orphanDependents b|4 propagationPolicy s|5 dryRun s*|6 ignoreStoreReadErrorWithClusterBreakingPotential b
meta.v1.FieldSelectorRequirement|1 key s!|2 operator s!|3 values s*
meta.v1.LabelSelector|1 matchLabels s%|2 matchExpressions @meta.v1.LabelSelectorRequirement*
meta.v1.LabelSelectorRequirement|1 key s!|2 operator s!|3 values s*
meta.v1.ListMeta|1 selfLink s|2 resourceVersion s|3 continue s!|4 remainingItemCount l
meta.v1.ManagedFieldsEntry|1 manager s!|2 operation s!|3 apiVersion s!|4 time T|6 fieldsType s!|7 fieldsV1 R|8 subresource s!
meta.v1.ObjectMeta|1 name s|2 generateName s|3 namespace s|4 selfLink s|5 uid s|6 resourceVersion s|7 generation l|8 creationTimestamp T|9 deletionTimestamp T|10 deletionGracePeriodSeconds l|11 labels s%|12 annotations s%|13 ownerReferences @meta.v1.OwnerReference* merge:uid|14 finalizers s* merge|17 managedFields @meta.v1.ManagedFieldsEntry*
meta.v1.OwnerReference|5 apiVersion s!|1 kind s!|3 name s!|4 uid s!|6 controller b|7 blockOwnerDeletion b
meta.v1.PatchOptions|1 dryRun s*|2 force b|3 fieldManager s|4 fieldValidation s
meta.v1.Preconditions|1 uid s|2 resourceVersion s
meta.v1.Status|1 metadata @meta.v1.ListMeta|2 status s|3 message s|4 reason s|5 details @meta.v1.StatusDetails|6 code i
meta.v1.StatusCause|1 reason s|2 message s|3 field s
meta.v1.StatusDetails|1 name s|2 group s|3 kind s|6 uid s|4 causes @meta.v1.StatusCause*|5 retryAfterSeconds i
meta.v1.UpdateOptions|1 dryRun s*|2 fieldManager s|3 fieldValidation s
policy.v1.Eviction|1 metadata @meta.v1.ObjectMeta|2 deleteOptions @meta.v1.DeleteOptions
rbac.v1.AggregationRule|1 clusterRoleSelectors @meta.v1.LabelSelector*
rbac.v1.ClusterRole|1 metadata @meta.v1.ObjectMeta|2 rules @rbac.v1.PolicyRule*|3 aggregationRule @rbac.v1.AggregationRule
rbac.v1.ClusterRoleBinding|1 metadata @meta.v1.ObjectMeta|2 subjects @rbac.v1.Subject*|3 roleRef @rbac.v1.RoleRef!
rbac.v1.PolicyRule|1 verbs s*!|2 apiGroups s*|3 resources s*|4 resourceNames s*|5 nonResourceURLs s*
rbac.v1.Role|1 metadata @meta.v1.ObjectMeta|2 rules @rbac.v1.PolicyRule*
rbac.v1.RoleBinding|1 metadata @meta.v1.ObjectMeta|2 subjects @rbac.v1.Subject*|3 roleRef @rbac.v1.RoleRef!
rbac.v1.RoleRef|1 apiGroup s!|2 kind s!|3 name s!
rbac.v1.Subject|1 kind s!|2 apiGroup s|3 name s!|4 namespace s
`;
